"""The front door: `policytrack COMMAND`. Results on stdout, progress on stderr; heavy imports only where a command needs them."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path

import click
import platformdirs

from policytrack import __version__
from policytrack.model import BadInput


class _Cli(click.Group):
    """Bad input is one line and exit code 1; anything else keeps its traceback."""

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except BadInput as error:
            click.echo(f"policytrack: {error}", err=True)
            ctx.exit(1)


def _shipped(name: str) -> Path:
    """A folder of the checkout if we stand in one, else the copy inside the installed package."""
    here = Path(name)
    inside = Path(str(files("policytrack").joinpath("shipped", name)))
    beside = Path(str(files("policytrack"))).parent.parent / name
    return here if here.is_dir() else inside if inside.is_dir() else beside


def _pipeline(ctx, param, value: Path | None) -> Path:
    folder = value or _shipped("pipelines")
    if not (folder / "organisations.toml").exists():
        raise BadInput(folder, "no pipeline here", "give --pipeline a folder that holds the rules")
    return folder


pipeline_option = click.option("--pipeline", type=click.Path(path_type=Path), callback=_pipeline, help="Folder of rules; default ./pipelines, else the installed copy.")
store_option = click.option("--cache", "store", type=click.Path(path_type=Path), default=lambda: Path(platformdirs.user_cache_dir("policytrack")), help="Folder for fetched files and steps already worked out.")
from_option = click.option("--from", "from_dir", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Any tree of files; documents are found in it by sha256.")
set_option = click.option("--set", "set_name", help="Only the documents of this set.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
corpus_argument = click.argument("folder", metavar="[CORPUS]", type=click.Path(path_type=Path), required=False)
db_argument = click.argument("db", type=click.Path(path_type=Path))


def _corpus(folder: Path | None) -> Path:
    return folder or _shipped("corpus")


def _taught(folder: Path, pipeline: Path, store: Path) -> list:
    """The invented documents beside a corpus that only teach, read; none where they are not there."""
    from policytrack import build as hall

    teaching = folder.parent / "teaching"
    return hall.reads(teaching, pipeline, store, None) if teaching.is_dir() else []


def _table(rows: list[tuple], header: tuple[str, ...]) -> None:
    """Columns for a person, aligned."""
    cells = [tuple("" if c is None else f"{c:.3f}" if isinstance(c, float) else str(c) for c in row) for row in (header, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(header))]
    for row in cells:
        click.echo("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())


@click.group(cls=_Cli, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main():
    """Who promised what, could anyone check it, and what became of each recommendation."""


@main.command()
@corpus_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("policytrack.db"), show_default=True)
@from_option
@set_option
@click.option("--jobs", default=2, show_default=True, help="Processes that read documents side by side.")
@click.option("--public", is_flag=True, help="Withhold the full text of documents that are not open.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a document is missing or unreadable.")
@store_option
@pipeline_option
def build(folder, output, from_dir, set_name, jobs, public, strict, store, pipeline):
    """Read a corpus into a database."""
    from policytrack import build as hall

    report = hall.build(_corpus(folder), output, pipeline, store, from_dir, set_name, jobs, public)
    for document, status, problem in report.problems:
        click.echo(f"{status}: {document}: {problem}", err=True)
    click.echo(f"{report.path}: {report.documents} documents, {len(report.problems)} not read{', unchanged' if report.unchanged else ''}")
    if strict and report.problems:
        raise SystemExit(1)


@main.command()
@corpus_argument
@from_option
@set_option
@store_option
def fetch(folder, from_dir, set_name, store):
    """Bring documents into the cache."""
    from policytrack import corpus
    from policytrack import fetch as room

    found = room.fetch(corpus.read(_corpus(folder), set_name), store / "files", from_dir, progress=lambda line: click.echo(line, err=True))
    for item in found:
        click.echo(f"{item.status}\t{item.document.id}\t{item.problem}")


@main.command()
@click.argument("source")
@click.option("--corpus", "folder", type=click.Path(path_type=Path), default=Path("corpus"), show_default=True)
@click.option("--id", "name", help="The document's id; default from the title or file name.")
@click.option("--title")
@click.option("--kind", type=click.Choice(["strategy", "report", "response", "progress", "commentary"]))
@click.option("--publisher")
@click.option("--published", help="2017-07-14, 2017-07 or 2017.")
@click.option("--licence")
@click.option("--responds-to", multiple=True)
@click.option("--succeeds", multiple=True)
@click.option("--set", "set_name", help="The set it belongs to.")
@store_option
def add(source, folder, name, store, **facts):
    """Write a manifest for a file, a folder or a web address."""
    from policytrack import add as room
    from policytrack import fetch as network

    facts = {key: value for key, value in facts.items() if value}
    facts |= {"set": facts.pop("set_name")} if "set_name" in facts else {}
    for path in _sources(source, store / "files", facts):
        digest = network.put(store / "files", path)
        click.echo(room.add(folder, path, facts | {"sha256": digest}, name))


def _sources(source: str, files_store: Path, facts: dict) -> list[Path]:
    """The files that a path, a folder or a web address stands for; an address is fetched and noted among the facts."""
    if source.startswith(("http://", "https://")):
        import httpx

        from policytrack import fetch as network

        try:
            path, _ = network.download(source, files_store)
        except (network.Refused, httpx.HTTPError) as error:
            raise BadInput(source, str(error) or type(error).__name__, "try again, or give a file") from None
        facts["urls"] = [source]
        return [path]
    path = Path(source)
    if not path.exists():
        raise BadInput(source, "no such file or folder", "give a file, a folder or a web address")
    return sorted(f for f in path.rglob("*") if f.suffix.lower() in (".pdf", ".html", ".htm", ".docx", ".md", ".txt")) if path.is_dir() else [path]


@main.command()
@db_argument
@click.option("--port", default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--profile", type=click.Choice(["public", "open"]), default="open", show_default=True)
@click.option("--contact", help="Where readers send corrections; required for the public profile.")
@click.option("--allow-private", is_flag=True, help="Serve a private working copy in the public profile although it holds text that is not open.")
def serve(db, port, host, profile, contact, allow_private):
    """Serve a database as a site."""
    from policytrack import serve as room

    room.serve(db, _shipped("datasette"), host, port, profile, contact, allow_private)


@main.command()
@db_argument
@click.option("--phrase", help="Any words; or use --vocabulary.")
@click.option("--rule", default="all", show_default=True, help="A rule of phrases.toml, with zones as in word+footnote-heading, or all.")
@click.option("--document", help="Only this document.")
@click.option("--hits", "show", is_flag=True, help="Every hit with the words around it.")
@click.option("--around", default=60, show_default=True, help="Letters shown before and after a hit.")
@click.option("--vocabulary", is_flag=True, help="Each vague and each concrete verb per document, and the two classes beside the grades.")
@click.option("--section", default="", help="With --vocabulary: only this chapter, or all for each of them; default the whole document.")
@json_option
@pipeline_option
def count(db, phrase, rule, document, show, around, vocabulary, section, as_json, pipeline):
    """Count a phrase by named rules; a count is the number of its hits."""
    from policytrack import count as room
    from policytrack import verify

    if bool(phrase) == vocabulary:
        raise click.UsageError("give either --phrase or --vocabulary")
    connection, known = verify.connect(db), room.phrases(pipeline / "phrases.toml")
    if vocabulary:
        _vocabulary(connection, document, section, as_json)
        return
    pages, unread = room.searched(connection, document)
    found = {name: room.hits(connection, phrase, name, document) for name in (room.rules_for(phrase) if rule == "all" else (rule,))}
    if as_json:
        click.echo(json.dumps({name: [{"document": h.document, "page": h.page, "start": h.start, "end": h.end, "words": h.words} for h in hits] for name, hits in found.items()}, ensure_ascii=False))
    elif show:
        for name, hits in found.items():
            for line in room.concordance(connection, hits, around):
                click.echo(f"{name}\t{line}")
    else:
        _side_by_side(found, document, known.rules, room)
    if not as_json or unread:
        click.echo(f"searched: {pages} page{'' if pages == 1 else 's'}" + (f"; not searched, because this database does not hold the text: {', '.join(unread)}" if unread else ""), err=True)


def _side_by_side(found: dict, document: str | None, said: dict[str, str], room) -> None:
    """One row per document, one column per rule, then what each rule counts."""
    documents = sorted({h.document for hits in found.values() for h in hits} | ({document} if document else set()))
    rows = [(d, *(sum(h.document == d for h in hits) for hits in found.values())) for d in documents]
    _table([*rows, ("all documents", *map(len, found.values()))] if len(rows) != 1 else rows, ("document", *found))
    for name in found:
        click.echo(f"{name}: {said[room.parse(name)[0]]}", err=True)


def _vocabulary(connection, document: str | None, section: str, as_json: bool) -> None:
    """The rows of `vocabulary` and `wording`, of one document or all, one chapter or all."""
    where = "(? IS NULL OR document = ?) AND (? = 'all' OR section = ?)"
    asked = (document, document, section, section)
    phrases = connection.execute(f"SELECT document, section, class, phrase, hits, per_1000 FROM vocabulary WHERE {where} AND hits > 0 ORDER BY document, section, class DESC, hits DESC, phrase", asked).fetchall()
    classes = connection.execute(f"SELECT document, section, class, hits, per_1000, graded, explained FROM wording WHERE {where} ORDER BY document, section, class DESC", asked).fetchall()
    if not classes:
        raise BadInput(" ".join(filter(None, (document, section))) or "this database", "no vocabulary is held of it", "see the tables `documents` and `wording` for what there is")
    headers = ("document", "section", "class", "phrase", "hits", "per_1000"), ("document", "section", "class", "hits", "per_1000", "graded", "explained")
    if as_json:
        click.echo(json.dumps({name: [dict(zip(header, row, strict=True)) for row in rows] for name, header, rows in zip(("vocabulary", "wording"), headers, (phrases, classes), strict=True)}, ensure_ascii=False))
        return
    for header, rows in zip(headers, (phrases, classes), strict=True):
        _table(rows, header)
        click.echo("")


@main.command()
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--column", required=True)
@click.option("--task", type=click.Choice(["statement", "stance"]), default="statement", show_default=True)
@click.option("--recommendation", help="For --task stance: the column with what was recommended; without it \"will consider\" is read as putting off.")
@click.option("--publisher")
@click.option("--published", help="Date of the document; without it a deadline such as \"next spring\" has no last day.")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default=None, help="Default: by the file's name, else csv.")
@click.option("--rules-only", is_flag=True, help="Leave the classifier out.")
@pipeline_option
def label(file, column, task, recommendation, publisher, published, form, rules_only, pipeline):
    """Judge the sentences, or the answers to recommendations, of a table without building a database."""
    from policytrack import label as room
    from policytrack import label_stances

    form = form or ("jsonl" if file.name.endswith(("jsonl", "ndjson")) else "csv")
    source = room.read(file, file.name, form)
    if task == "stance":
        judged = label_stances.stances(source, column, file.name, pipeline, recommendation, publisher, published or "2000", rules_only)
    else:
        judged = room.statements(source, column, file.name, pipeline, publisher, published, rules_only)
    room.write(sys.stdout, judged, form, progress=lambda n: click.echo(f"{n} rows", err=True))


@main.command()
@corpus_argument
@from_option
@click.option("--save", is_flag=True, help="Keep the figures with the rules, for builds to show.")
@click.option("--pin", is_flag=True, help="Pin the figures as floors that no change may lower.")
@json_option
@store_option
@pipeline_option
def measure(folder, from_dir, save, pin, as_json, store, pipeline):
    """Accuracy against gold; exit code 1 where a figure is under its floor."""
    from policytrack import assess
    from policytrack import build as hall

    folder = _corpus(folder)
    done = hall.reads(folder, pipeline, store, from_dir)
    pairs = folder.parent / "tests" / "pairs"
    found = assess.rows(done, _taught(folder, pipeline, store), pipeline, store, pairs if pairs.is_dir() else None)
    if as_json:
        click.echo(json.dumps({"warning": assess.WARNING, "rows": found}, indent=1))
    else:
        click.echo(assess.WARNING)
        _table([tuple(r.values()) for r in found], ("task", "label", "split", "n", "precision", "recall", "f1", "low", "high"))
    if save:
        assess.save(found, pipeline, folder, assess.confusion(done, pipeline))
    if pin:
        assess.pin(found, pipeline / "floors.toml", folder)
    for line in (lines := assess.below(found, pipeline / "floors.toml", folder)):
        click.echo(line, err=True)
    if lines:
        click.echo("a figure fell: mend it, or, where the fall is meant, run `policytrack measure --pin`", err=True)
        raise SystemExit(1)


@main.command()
@corpus_argument
@from_option
@click.option("--only", type=click.Choice(["statements", "stances", "roles", "themes", "adapter"]), help="Only the weights of these; themes take a minute, stances ten, roles half an hour, the adapter over an hour.")
@store_option
@pipeline_option
def train(folder, from_dir, only, store, pipeline):
    """Retrain the second opinions from the labelled pages of the tune split, the invented replies and statements; count how sure each stance is."""
    from policytrack import assess
    from policytrack import build as hall

    folder = _corpus(folder)
    done, taught = hall.reads(folder, pipeline, store, from_dir), _taught(folder, pipeline, store)
    if only in (None, "adapter"):
        for path in assess.adapter_weights([*done, *taught], pipeline, lambda line: click.echo(line, err=True)):
            click.echo(path)
    if only in (None, "statements"):
        click.echo(assess.weights([*done, *taught], pipeline))
    if only in (None, "stances"):
        for path in assess.stance_weights(done, pipeline, lambda line: click.echo(line, err=True)):
            click.echo(path)
    if only in (None, "themes"):
        click.echo(assess.theme_weights(pipeline))
    if only in (None, "roles"):
        for path in assess.role_weights(done, pipeline, store, lambda line: click.echo(line, err=True)):
            click.echo(path)


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@json_option
def compare(old, new, as_json):
    """What was gained, lost and changed between two databases, and its cause."""
    from dataclasses import asdict

    from policytrack import compare as room

    found = list(room.changes(old, new))
    if as_json:
        click.echo(json.dumps([asdict(c) for c in found], ensure_ascii=False))
        return
    _table([(c.table, c.kind, c.key, c.detail, c.cause) for c in found], ("table", "change", "key", "detail", "cause"))
    click.echo(f"{len(found)} changes", err=True)


@main.group()
def review():
    """Corrections by people, which survive every rebuild."""


@review.command("export")
@db_argument
@click.option("--document", help="Only this document.")
def review_export(db, document):
    """A CSV sheet of every item for a person to correct."""
    from policytrack import review as room
    from policytrack import verify

    click.echo(room.sheet(verify.connect(db), document), nl=False)


@review.command("import")
@db_argument
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--corpus", "folder", type=click.Path(path_type=Path), help="The corpus that keeps the corrections.")
def review_import(db, sheet, folder):
    """Keep the filled-in rows of a sheet in the corpus; the next build applies them."""
    from policytrack import review as room
    from policytrack import verify

    store = _corpus(folder) / "reviews.csv"
    click.echo(f"{store}: {room.merge(store, room.read(sheet), verify.connect(db))} corrections new or changed")


@main.command()
@db_argument
@click.argument("directory", type=click.Path(path_type=Path))
def export(db, directory):
    """Release files: complete CSV, XLSX, JSON and DOCX."""
    from policytrack import downloads, verify

    verify.connect(db)
    click.echo(downloads.export(db, directory))


@main.command()
@db_argument
@click.option("--same", type=click.Path(path_type=Path), help="Another database that must be equal byte for byte.")
@click.option("--quote", help="Print the quotation with this id, its document, page and source.")
def verify(db, same, quote):
    """Check a database; exit code 1 where something does not hold."""
    from policytrack import verify as room

    if quote:
        click.echo(json.dumps(room.quotation(db, quote), ensure_ascii=False, indent=1))
        return
    found = list(room.faults(db)) + ([f"{db} and {same} differ"] if same and not room.same(db, same) else [])
    for line in found:
        click.echo(line, err=True)
    if found:
        raise SystemExit(1)
    click.echo(f"{db}: sound")


@main.command()
@click.option("--port", default=8001, show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("specimen.db"), show_default=True)
@click.option("--build-only", is_flag=True, help="Stop when the database is there.")
@store_option
@pipeline_option
def demo(port, output, build_only, store, pipeline):
    """Build the specimen set and serve it; needs no network."""
    from policytrack import build as hall

    report = hall.build(_corpus(None), output, pipeline, store, None, "specimen")
    click.echo(f"{report.path}: {report.documents} specimens, written for this project; they are nobody's policy", err=True)
    if not build_only:
        from policytrack import serve as room

        room.serve(output, _shipped("datasette"), port=port)


if __name__ == "__main__":
    main()

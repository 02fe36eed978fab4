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


def _shipped(name: str, packaged: str) -> Path:
    """A folder of the checkout if we stand in one, else the copy inside the installed package."""
    here = Path(name)
    inside = Path(str(files("policytrack").joinpath(packaged)))
    beside = Path(str(files("policytrack"))).parent.parent / name
    return here if here.is_dir() else inside if inside.is_dir() else beside


def _pipeline(ctx, param, value: Path | None) -> Path:
    folder = value or _shipped("pipelines", "pipelines")
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
    return folder or _shipped("corpus", "corpus")


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

    for path in room.sources(source, folder, store / "files", name, {k: v for k, v in facts.items() if v}):
        click.echo(path)


@main.command()
@db_argument
@click.option("--port", default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--profile", type=click.Choice(["public", "open"]), default="open", show_default=True)
@click.option("--contact", help="Where readers send corrections; required for the public profile.")
def serve(db, port, host, profile, contact):
    """Serve a database as a site."""
    from policytrack import serve as room

    room.serve(db, _shipped("datasette", "site"), host, port, profile, contact)


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

        room.serve(output, _shipped("datasette", "site"), port=port)


if __name__ == "__main__":
    main()

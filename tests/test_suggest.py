"""Roles that words suggest: learned weights, the words they show, and when they may speak."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from policytrack import adapter, finetune, roles, suggest, train
from policytrack.model import BadInput, Item

PIPELINE = Path(__file__).parent.parent / "pipelines"
KNOWN = roles.roles(PIPELINE / "roles.toml")
CONTEXTS = KNOWN.contexts


def item(text, kind="expectation", **more):
    return Item("i", kind, "d", 1, text, force="should", **({"subjects": frozenset({"drugs"})} | more))


def learned(**weights):
    """A model of one role, from weights by term."""
    return suggest.Model(("provider",), {name: n for n, name in enumerate(weights)}, np.array([[w] for w in weights.values()], dtype=np.float32), np.array([-3.0], dtype=np.float32))


MODEL = learned(**{"said:gardener": 6.0, "said:clinic": 6.0, "said:see each": 1.0, "said:year": -4.0})


def with_model(known=MODEL, **more):
    """The rules with this learned part; `alone` and `beside` are those of what is asked, a promise is never likely enough."""
    asked = {"alone": more.pop("alone", 0.5), "beside": more.pop("beside", 0.9)}
    never = {"alone": 1.1, "beside": 1.1}
    return replace(KNOWN, learned=known, suggested={"about": ["drugs"], "asked": asked, "promised": never, "elsewhere": {"asked": never, "promised": never}, "below": 0.0, "reason": "learned", "named": "named", **more})


def provider(text, known=None, **more):
    return next((h for h in roles.hits(item(text, **more), known or with_model()) if h.role == "provider" and h.reason == "learned"), None)


def test_terms_are_lemmas_pairs_and_contexts():
    found = suggest.terms(item("Gardeners should see each client", section="Treatment › Care", title="Drug plan"), CONTEXTS)
    assert {"said:gardener", "said:see each", "said:client"} <= found["said"]
    assert found["section"] == {"section:treatment", "section:care"} and found["title"] == {"title:drug", "title:plan"}
    assert "context:about drugs" in found["context"]


def test_terms_of_one_part_share_its_length():
    index = {"said:a": 0, "said:b": 1, "said:c": 2, "said:d": 3}
    rows = list(suggest.values({"said": frozenset([*index, "said:unknown"])}, index))
    assert [row for row, _ in rows] == [0, 1, 2, 3]
    assert sum(value ** 2 for _, value in rows) == pytest.approx(suggest.PARTS["said"] ** 2)


def test_the_words_that_weighed_most_are_shown_as_printed():
    hit = provider("Next year GARDENERS will see each client for an hour.")
    assert hit.words == "GARDENERS will see each client" and hit.basis == "implied" and hit.force == "should"


@pytest.mark.parametrize(("text", "heavy", "shown"), [
    ("It is for the health and social care of all.", ("the", "health", "and social"), "health and social"),
    ("Those who need it to mend boats.", ("who need", "it to", "mend boat"), "mend boats"),
    ("In 2015 and our social care was bad.", ("2015", "and", "our", "social"), "social"),
    ("We don’t spend £5 million on that.", ("£ 5", "5 million", "don’t"), "£5 million"),
    ("It is for those of us who are there.", ("those of",), "those of")])
def test_the_words_shown_begin_and_end_with_one_that_means_something(text, heavy, shown):
    total, words = suggest._heaviest(text, learned(**{f"said:{' '.join(lemma for lemma, *_ in suggest.words(term))}": 2.0 for term in heavy}), 0)
    assert words == shown and total > 0


def test_words_are_shown_from_the_lead_in_where_the_statement_has_none_of_weight():
    assert provider("an hour for each client", lead_in="Gardeners will have:").words.startswith("Gardeners")


def test_in_documents_about_other_things_more_is_needed():
    high, low = ({"asked": {"alone": least, "beside": least}, "promised": {"alone": 1.1, "beside": 1.1}} for least in (1.1, 0.6))
    assert provider("Gardeners will see each client.", with_model(elsewhere=high))
    assert provider("Gardeners will see each client.", with_model(elsewhere=high), subjects=frozenset({"health"})) is None
    assert provider("Gardeners will see each client.", with_model(elsewhere=low), subjects=frozenset({"health"}))
    assert provider("Gardeners will see each client.", with_model(elsewhere=high), subjects=frozenset({"health"}), title="Drugs in the harbour towns")


def test_elsewhere_nothing_that_a_rule_implies_is_dropped():
    unlikely = suggest.Model(("director-of-public-health", "provider"), {}, np.zeros((0, 2), dtype=np.float32), np.array([-5.0, -5.0], dtype=np.float32))
    implied = item("Local areas should plan for older patients.", published="2017-07", nation="england", subjects=frozenset({"health"}))
    assert "director-of-public-health" in {h.role for h in roles.hits(implied, with_model(unlikely, below=0.1))}


def test_where_the_actor_names_the_role_the_reason_says_so_and_not_that_it_was_learned():
    found = {h.role: h for h in roles.hits(item("will see each gardener", actor="NHS trusts"), with_model())}["provider"]
    assert (found.words, found.reason) == ("NHS trusts", "named")


def test_the_reason_of_what_was_learned_is_plain():
    reason = KNOWN.suggested["reason"]
    assert "comparison with statements labelled" in reason and "no rule names this role" in reason and "weighed" not in reason


def test_beside_a_role_of_the_rules_it_must_be_likelier():
    known = with_model(beside=1.0)
    assert roles.hits(item("Directors of public health should ask gardeners.", actor="Directors of public health"), known)[0].role == "director-of-public-health"
    assert provider("Directors of public health should ask gardeners.", known, actor="Directors of public health") is None


def test_what_a_rule_implies_is_dropped_where_it_is_unlikely_and_what_is_named_stands():
    unlikely = suggest.Model(("director-of-public-health", "provider"), {}, np.zeros((0, 2), dtype=np.float32), np.array([-5.0, -5.0], dtype=np.float32))
    implied, named = item("Local areas should plan for older drinkers.", published="2017-07", nation="england"), item("Directors of public health should ask.", actor="Directors of public health")
    def found(each, below):
        return {h.role for h in roles.hits(each, with_model(unlikely, below=below))}

    assert "director-of-public-health" in found(implied, 0.001) & found(named, 0.1) and "director-of-public-health" not in found(implied, 0.1)


def test_a_promise_must_be_likelier_than_an_ask():
    assert provider("Gardeners will see each client.") and provider("Gardeners will see each client.", kind="commitment") is None


def test_nobody_named_stays_unless_somebody_is_likely():
    text = "Naloxone should be available in every clinic."
    assert [h.role for h in roles.hits(item(text), with_model(beside=1.0))] == ["nobody-named"]
    assert [h.role for h in roles.hits(item(text), with_model(beside=0.5))] == ["provider"]


def test_what_is_learned_is_found_again_and_weights_survive_the_file(tmp_path):
    said = [suggest.Example(str(n), item(text), {"provider": "implied"} if "nurse" in text else {}, frozenset())
            for n, text in enumerate(["A nurse should call", "The nurse should write", "A tax should rise", "The tax should fall"] * 3)]
    arrays = train.suggested(said, [suggest.terms(e.item, CONTEXTS) for e in said])
    np.savez_compressed(tmp_path / suggest.FILE, **arrays)
    known = suggest.load(tmp_path / suggest.FILE)
    nurse, tax = items = item("Every nurse should ask"), item("Every tax should go")
    likely = suggest.by_words([suggest.terms(each, CONTEXTS) for each in items], known)
    assert [s.words for s in suggest.suggestions(nurse, likely[0], known, 0.5)] and not suggest.suggestions(tax, likely[1], known, 0.5)
    assert {name for name in known.index if name.startswith("said:")} >= {"said:nurse", "said:tax"}


def test_a_group_is_judged_by_a_model_that_never_saw_it():
    said = [suggest.Example(f"g{n % 10}", item(f"The word{n % 10} nurse should call"), {"provider": "implied"} if n % 2 else {}, frozenset()) for n in range(40)]
    always = [suggest.Example("always", item("The nurse should always call"), {"provider": "implied"}, frozenset())] * 2
    held_out = train.suggested_held_out(always, said, CONTEXTS)
    assert held_out.keys() == {f"g{n}" for n in range(10)}
    for group, known in held_out.items():
        assert f"said:word{group[1:]}" not in known.index and {"said:nurse", "said:always"} <= known.index.keys()


def test_the_encoder_reads_where_it_stands_and_what_it_says_and_is_asked_once_for_all(monkeypatch):
    asked = []

    def ask(path, store, parts, length):
        assert parts == (2,) and length == suggest.LENGTH
        return lambda pairs: asked.append(pairs) or np.array([[1 - n / 10, n / 10] for n in range(len(pairs))], dtype=np.float32)

    monkeypatch.setattr(adapter, "asked", ask)
    items = [item("Gardeners will see each client.", section="One › Treatment › Care", title="Drug plan", before="They wait long."), item("Nobody else will.")]
    words = suggest.by_words([suggest.terms(each, CONTEXTS) for each in items], MODEL)
    assert suggest.chances(items, words, MODEL) is words
    both = suggest.chances(items, words, replace(MODEL, encoder=Path("any")))
    assert both.ravel().tolist() == pytest.approx(((words + [[0.0], [0.1]]) / 2).ravel().tolist()) and len(asked) == 1
    assert asked[0][0] == ("expectation: Drug plan. Treatment › Care. They wait long.", "Gardeners will see each client.")


def test_the_encoder_is_asked_only_where_the_mean_could_be_likely_enough(monkeypatch):
    seen = []
    monkeypatch.setattr(suggest, "chances", lambda items, *_: seen.extend(items) or np.full((len(items), 1), 0.99))
    near, far = item("Gardeners will see each client."), item("Gardeners will dig.", subjects=frozenset({"health"}))
    found = roles.hits_of([far, near], with_model())
    words, = suggest.by_words([suggest.terms(far, CONTEXTS)], MODEL)[0]
    assert roles._may(far, {}, [words], with_model(elsewhere={"asked": {"alone": (words + 1) / 2 - 1e-6, "beside": 1.1}, "promised": {"alone": 1.1, "beside": 1.1}}))
    assert not roles._may(far, {}, [words], with_model(elsewhere={"asked": {"alone": (words + 1) / 2 + 0.01, "beside": 1.1}, "promised": {"alone": 1.1, "beside": 1.1}}))
    assert seen == [near] and "provider" in [h.role for h in found[1]] and "provider" not in [h.role for h in found[0]]


def test_what_may_be_teaches_the_encoder_nothing(monkeypatch):
    taken = {}
    monkeypatch.setattr(finetune, "fit", lambda texts, wanted, parts, length, epochs, progress: taken.update(texts=texts, wanted=wanted, parts=parts) or {})
    finetune.roles([suggest.Example("g", item("A nurse should call"), {"provider": "implied"}, frozenset({"school"}))], ["prison", "provider", "school"])
    assert taken["wanted"] == [[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]] and taken["parts"] == (2, 2, 2) and len(taken["texts"]) == 1


def test_weights_that_are_not_ours_are_refused(tmp_path):
    (tmp_path / suggest.FILE).write_bytes(b"nothing")
    with pytest.raises(BadInput, match="train --only roles"):
        suggest.load(tmp_path / suggest.FILE)
    assert suggest.load(tmp_path / "none") is None


def test_the_shipped_weights_show_words_that_stand_in_the_statement():
    known = KNOWN.learned
    said = [item(text) for text in ("Gardeners should see every client within a week.", "Caseloads should be reviewed each month with the team leader.")]
    for each, likely in zip(said, suggest.chances(said, suggest.by_words([suggest.terms(each, CONTEXTS) for each in said], known), known), strict=True):
        found = suggest.suggestions(each, likely, known, 0.0)
        assert {s.label for s in found} == set(known.labels)
        assert all(s.words in each.text and len(s.words.split()) <= suggest.LONGEST for s in found)

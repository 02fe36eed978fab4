"""The fitted encoder: what it is asked, what it answers, how it is trained and held out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from policytrack import adapter, clauses, extract, finetune, train
from policytrack.corpus import GoldStatement
from policytrack.model import BadInput
from reader import PIPELINE, nlp, rules, unit

PROMISES = ["The ministry will publish a plan by May.", "We will open four clinics.", "The board will report each year.", "The agency will set a limit."]
REST = ["Deaths rose in the last ten years.", "The clinic opened in 2029.", "Most patients wait for three weeks.", "The board met twice."]


def candidates(*texts: str) -> list[extract.Candidate]:
    units = [unit(text) for text in texts]
    return extract.judged(units, [found for _, found in clauses.parses([u.joined for u in units], nlp())], "strategy", rules())


def test_the_encoder_reads_kind_heading_lead_in_and_the_act_in_brackets():
    one = unit("We will publish a workforce plan by May 2032, and the Inspectorate will review every service in the year after.")
    found = extract.judged([one], [c for _, c in clauses.parses([one.joined], nlp())], "strategy", rules())
    assert [extract.context(item).count("[") for item in found] == [1, 1]
    assert extract.context(found[1]).startswith("strategy ") and "[ the Inspectorate will review" in extract.context(found[1])


def test_chances_are_two_distributions_and_the_same_in_any_company():
    texts = [extract.context(item) for item in candidates(*PROMISES, *REST)]
    path = adapter.path(PIPELINE)
    whole, alone = adapter.chances(path, texts), adapter.chances(path, texts[:1])
    assert whole.shape == (8, len(finetune.CLASSES))
    assert np.allclose(whole[:, :5].sum(1), 1, atol=0.001) and np.allclose(whole[:, 5:].sum(1), 1, atol=0.001)
    assert np.abs(whole[0] - alone[0]).max() <= 0.0002
    assert whole[:4, train.ROLES.index("commitment")].min() > whole[4:, train.ROLES.index("commitment")].max()
    assert adapter.chances(path, []).shape == (0, 9)


def test_only_what_the_signals_leave_open_is_asked():
    asked = []

    def chances(texts):
        asked.extend(texts)
        return np.tile(np.array([0, 0, 1, 0, 0, 0, 1, 0, 0], dtype=np.float32), (len(texts), 1))

    items = candidates(*PROMISES, *REST, "Councils could do more to help, it is hoped.")
    sure = [n for n, row in enumerate(extract.classify.probabilities(rules("both").role, [i.names for i in items])) if row.max() >= extract.SURE]
    plain, _ = extract.judge(items, rules("both"), extract.Encoders())
    mixed, kinds = extract.judge(items, rules("both"), extract.Encoders(chances=chances))
    assert sure and [mixed[n] for n in sure] == [plain[n] for n in sure]
    assert asked == [extract.context(items[n]) for n in range(len(items)) if n not in sure] and asked
    turned = [n for n in range(len(items)) if n not in sure and mixed[n][0] == "expectation"]
    assert turned and all(n in kinds for n in turned)


def test_fitting_gives_what_loading_reads_and_learns(tmp_path, monkeypatch):
    monkeypatch.setattr(finetune, "EPOCHS", 30)
    gold = GoldStatement(1, ("a", "b"), role=("commitment",), category=("specific",))
    examples = [train.Example("d", item, (0, 1), gold if n < 4 else None) for n, item in enumerate(candidates(*PROMISES, *REST))]
    lines = []
    np.savez_compressed(tmp_path / "a.npz", **finetune.acts(examples, lines.append))
    found = adapter.chances(tmp_path / "a.npz", [extract.context(e.item) for e in examples])
    assert len(lines) == 30 and float(lines[-1].split()[-1]) < float(lines[0].split()[-1])
    assert found[:4, 1].mean() > found[4:, 1].mean()


def test_held_out_chances_are_found_by_text_and_a_new_text_is_left_to_the_signals(tmp_path):
    finetune.save_held(tmp_path / "h.npz", ["one", "two"], np.eye(9, dtype=np.float32)[:2])
    assert finetune.held(tmp_path / "h.npz")(["two", "one"]).argmax(1).tolist() == [1, 0]
    items = candidates("Councils could do more to help, it is hoped.")
    unknown = finetune.held(tmp_path / "h.npz")
    assert np.isnan(unknown(["three"])).all()
    assert extract.judge(items, rules("both"), extract.Encoders(chances=unknown)) == extract.judge(items, rules("both"), extract.Encoders())
    with pytest.raises(BadInput, match="no held-out"):
        finetune.held(tmp_path / "missing.npz")


def test_no_adapter_is_no_question_and_a_torn_one_a_clear_error(tmp_path):
    assert adapter.asked(adapter.path(tmp_path)) is None
    (tmp_path / "x.npz").write_bytes(b"no arrays")
    with pytest.raises(BadInput, match="no usable adapter"):
        adapter.load(Path(tmp_path / "x.npz"))


def test_every_group_holds_whole_documents_and_all_of_them():
    groups = finetune.tomllib.loads((PIPELINE / "folds.toml").read_text(encoding="utf-8"))["groups"]
    ids = [i for group in groups for i in group]
    assert len(ids) == len(set(ids)) and len(groups) >= 5

from pathlib import Path

import pytest

from policytrack import cues, funding
from policytrack.model import Item

KNOWN = cues.load(Path(__file__).parent.parent / "pipelines" / "funding.toml")


@pytest.mark.parametrize(("text", "stated", "amount", "new"), [
    ("We will invest £62 million in treatment.", 1, "£62 million", None),
    ("We will provide an additional £5m.", 1, "an additional £5m", 1),
    ("We will pay for it within existing budgets.", 1, None, 0),
    ("We will continue to fund the charity.", 1, None, 0),
    ("Departments will publish spend over £500.", 0, None, None),
    ("All tenders for contracts over £10,000 will be published.", 0, None, None),
    ("Councils should appoint a lead.", 0, None, None)])
def test_money_as_stated(text, stated, amount, new):
    row = funding.stated(Item("i", "commitment", "d", 1, text), KNOWN)
    assert (row["stated"], row["amount"], row["called_new"]) == (stated, amount, new)


def test_duties_have_no_row():
    assert funding.rows([Item("i", "duty", "d", 1, "They must.")], KNOWN) == []

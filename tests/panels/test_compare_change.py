"""Comparing policies: what would change the answer."""

import re
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.compare_turns import map_of, pair_of, turns_of
from tests.panels.comparing import (
    compare_model as opened_model,
)
from tests.panels.comparing import (
    compare_page,
    in_a_folder_of_its_own,
    parts,
    seen,
)

__all__ = ["compare_page", "in_a_folder_of_its_own", "opened_model"]


def test_nothing_is_reckoned_while_it_is_closed(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    here = parts(page)
    assert here.change.fields == {}
    here.change.fold.button.click()
    text = seen(page)
    assert re.search(r"43 assumptions.* change places", text) and "of 121" in text
    here.change.fields["second"].value = "F4"
    here.change.fields["figure"].value = "waiting_minutes"
    # The shortest wait beside the one that was chosen; the fields say which two are drawn.
    assert pair_of(page.model) == ("early", "F4")
    assert [here.change.fields[name].value for name in ("first", "second")] == ["early", "F4"]
    assert "let early and F4 change places" in seen(page).replace("lets", "let")
    assert "F4 is ahead at 121 of 121" in seen(page)
    with pytest.raises(KitError):
        here.change.fields["up"].value = "later.accept"
    assert "A map needs two different assumptions" in here.change._notice.words


def test_the_pair_is_the_best_and_the_next_that_differs(model: CompareModel) -> None:
    first, second = pair_of(model)
    assert model.comparison is not None
    completed = {key: one.completed.value for key, one in model.comparison.answers.items()}
    assert completed[first] == max(completed.values())
    # What reads the same would only show what nobody can see.
    read = f"{completed[first]:.0%}"
    assert completed[second] == max(v for v in completed.values() if f"{v:.0%}" != read)
    model.choose(figure="waiting_minutes")
    assert pair_of(model)[0] == "F4"
    model.choose(first="F1", second="F1")
    with pytest.raises(KitError, match="F1 is chosen twice"):
        pair_of(model)
    model.choose(left_out=tuple(key for key in model.policies if key != "F1"))
    with pytest.raises(KitError, match="It takes two policies"):
        pair_of(model)


def test_a_switch_that_is_said_does_switch(model: CompareModel) -> None:
    model.choose(figure="waiting_minutes")
    turns = turns_of(model, "F2", "F3")
    assert turns.title == "3 of 43 assumptions could, each alone, let F2 and F3 change places"
    assert model.comparison is not None
    table = turns.chart().data
    found = table[table["they change places at"] != "not within the range"]
    assert len(found) == len(turns.says) == 3
    names = {model.label(name): name for name in model.usual.about}

    def apart() -> float:
        assert model.comparison is not None
        two = (model.comparison.answers[key].waiting_minutes.value for key in ("F2", "F3"))
        return next(two) - next(two)

    before = apart()
    for row in found.to_dict("records"):
        beyond = float(row["they change places at"])
        name = names[row["assumption"]]
        if not model.usual.about[name].whole:
            # Written with three digits: a hair further than the value that was found.
            beyond += (beyond - float(row["assumed"])) * 0.02
        model.type_in(name, f"{beyond}")
        assert apart() * before < 0, row
        model.as_shipped()


def test_where_nothing_turns_the_line_says_so(model: CompareModel) -> None:
    turns = turns_of(model, "guidance", "wait-only")
    assert turns.title == "None of 43 assumptions, alone, lets guidance and wait-only change places"
    assert turns.says == ()
    model.choose(figure="connected")
    assert "come to the same" in turns_of(model, "guidance", "unconfirmed").title
    model.choose(figure="completed")
    many = turns_of(model, "F2", "same-caller")
    assert len(many.says) == 6 and many.says[-1] == "and 2 more, in the table"


def test_a_map_of_an_assumption_that_this_call_has_not_is_the_usual_one(
    model: CompareModel,
) -> None:
    model.choose(across="wrong_number.weight")
    assert "wrong number" in map_of(model, "guidance", "F4").alt
    model.choose(scenario="no_answer")
    assert "chance of a new time when they found a message" in map_of(model, "guidance", "F4").alt

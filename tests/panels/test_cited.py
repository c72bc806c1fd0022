"""The ids beside a piece of advice are explained where they stand."""

import pytest

from interview_coach.panels.cited import where_from
from interview_coach.panels.today import today_panel
from interview_coach.playbook import load_playbook
from tests.panels.driving import press, words

PLAYBOOK = load_playbook()


def test_each_id_is_said_once_and_whoever_says_it_too() -> None:
    made = where_from(PLAYBOOK, ["B3", "A1", "B3", "K3", "nobody"])
    a1, b3, k3 = (PLAYBOOK.sources[one] for one in ("A1", "B3", "K3"))
    assert a1.where == b3.where != k3.where
    places = [made.index(f"<b>{one} </b>") for one in ("A1", "B3", "K3")]
    assert places == sorted(places)
    assert made.count("<b>B3 </b>") == made.count(a1.where) == made.count(k3.where) == 1
    assert "nobody" not in made


@pytest.mark.parametrize("ids", [[], ["nobody"]])
def test_where_nothing_is_named_there_is_nothing_to_open(ids: list[str]) -> None:
    assert where_from(PLAYBOOK, ids) is None


def test_a_plan_explains_every_id_that_stands_beside_a_step() -> None:
    page = today_panel("Europe/London", "2026-03-05T14:10")
    page.model.time = page.model.moment().subtract(minutes=10).time().to_stdlib()
    press(page, "What now?")
    read = words(page)
    assert "Where this comes from" in read
    for step in page.model.plan.steps:
        for key in step.source:
            assert f"<b>{key} </b>" in read

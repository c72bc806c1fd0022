"""What each page says it is for, and the examples that fill themselves in: made up, and never kept as one's own."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from interview_coach.panels.compare import compare_panel
from interview_coach.panels.desk import Desk
from interview_coach.panels.explore import explore_panel
from interview_coach.panels.kit.purposes import PURPOSES
from interview_coach.panels.log import log_panel
from interview_coach.panels.messages import messages_panel
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.today import today_panel
from interview_coach.panels.workshop import workshop_panel
from tests.panels.driving import buttons, press, visible, words

NOW = "2026-03-05T14:07"
EXAMPLE = "Show me an example"


@pytest.mark.parametrize(
    ("key", "panel"),
    [
        ("today", lambda folder: today_panel("Europe/London", NOW)),
        ("practise", lambda folder: practice_panel(log="")),
        ("workshop", lambda folder: workshop_panel(str(folder / "log.db"))),
        ("messages", lambda folder: messages_panel("Europe/London", NOW, desk="")),
        ("outcomes", lambda folder: log_panel(str(folder / "log.db"))),
        ("explore", lambda folder: explore_panel(desk="")),
        ("compare", lambda folder: compare_panel(desk="")),
    ],
)
def test_a_page_says_in_two_sentences_what_it_is_for(
    key: str, panel: Callable[[Path], Any], tmp_path: Path
) -> None:
    page = panel(tmp_path)
    seen = " ".join(str(getattr(one, "value", "")) for one in visible(page))
    for sentence in PURPOSES[key].says:
        assert sentence in seen.replace("&#x27;", "'")
    assert f"help/{PURPOSES[key].guide}#{PURPOSES[key].part}" in seen


def test_today_s_example_gives_a_plan_and_leaves_the_desk_alone(tmp_path: Path) -> None:
    desk = tmp_path / "desk.json"
    page = today_panel("Europe/London", NOW, desk=str(desk))
    press(page, EXAMPLE)
    assert page.title == "It is 2:07 pm for you."
    assert "Made up, and not kept." in words(page)
    page.model.tick(page.model.plan.steps[0].id, True)
    assert Desk(desk).read("today") == {}
    # What is made up must not be carried into the log.
    assert "Log this call" not in words(page)
    press(page, "Now your own call")
    assert (page.model.plan, page.model.time, page.model.made_up) == (None, None, False)
    page.model.time = dt.time(14, 0)
    press(page, "What now?")
    assert Desk(desk).read("today")["time"] == "14:00:00"
    assert "Made up" not in words(page)


def test_today_s_example_overwrites_nothing_of_one_s_own() -> None:
    page = today_panel("Europe/London", NOW, time=dt.time(13, 0), attempts=2)
    with pytest.raises(KitError, match="Your own call is filled in already"):
        press(page, EXAMPLE)
    assert "Your own call is filled in already" in words(page)
    assert (page.model.time, page.model.attempts, page.model.plan) == (dt.time(13, 0), 2, None)


def test_a_call_is_shown_from_start_to_end_and_counts_for_nobody(tmp_path: Path) -> None:
    page = practice_panel(log=str(tmp_path / "log.db"))
    press(page, "Show me a call from start to end")
    assert page.title == "You spoke at 2:28."
    assert page.lead == "What you couldn't see: her meeting ran over until 2:25."
    assert page.model.kept.all() == ()
    press(page, "Choose a call to play")
    assert "Play" in buttons(page)
    press(page, "Show me a call from start to end")
    press(page, "Another of this kind")
    assert page.model.play.scenario.id == "silent_phone"
    assert len(page.model.kept.all()) == 1
    assert not [
        one for one in visible(page) if getattr(one, "description", "").startswith("Show me a call")
    ]


def test_the_draft_that_is_an_example_has_things_to_mend_and_is_not_kept(tmp_path: Path) -> None:
    desk = tmp_path / "desk.json"
    page = messages_panel("Europe/London", NOW, desk=str(desk))
    press(page, EXAMPLE)
    said = words(page)
    assert "you did not bother to pick up" in said
    assert "4 things are missing" in said
    page.draft.text += " Kind regards"
    assert Desk(desk).read("draft") == {}
    press(page, "Clear the desk")
    assert (page.model.sender, page.model.time, page.draft) == ("", None, None)
    assert page.model.day == dt.date(2026, 3, 5)


def test_a_draft_of_one_s_own_is_not_overwritten(tmp_path: Path) -> None:
    page = messages_panel("Europe/London", NOW, desk=str(tmp_path / "desk.json"))
    press(page, "I write it myself")
    page.draft.text = "Dear Ms Mahoney"
    with pytest.raises(KitError, match="A draft of yours is on the desk"):
        press(page, EXAMPLE)
    assert page.draft.text == "Dear Ms Mahoney"
    press(page, "Clear the desk")
    page.model.sender = "Amara"
    with pytest.raises(KitError, match="Your own answers are filled in already"):
        press(page, EXAMPLE)
    assert page.model.sender == "Amara"


def test_an_example_in_the_log_is_logged_only_if_one_says_so_and_then_as_synthetic(
    tmp_path: Path,
) -> None:
    log = str(tmp_path / "log.db")
    page = log_panel(log, "Ada", "Europe/London", str(tmp_path / "desk.json"))
    press(page, EXAMPLE)
    assert page.model.entry.client == "C-000"
    assert page.model.calls.empty
    press(page, "Empty the form")
    assert (page.model.entry.client, page.model.entry.made_up) == ("", False)
    press(page, EXAMPLE)
    press(page, "Log it")
    with OutcomeLog.open(log) as opened:
        assert opened.calls()["synthetic"].tolist() == [True]
    page.model.entry.client, page.model.entry.time = "C-014", dt.time(10, 0)
    press(page, "Log it")
    with OutcomeLog.open(log) as opened:
        assert sorted(opened.calls()["synthetic"]) == [False, True]


def test_an_entry_of_one_s_own_is_not_overwritten(tmp_path: Path) -> None:
    page = log_panel(str(tmp_path / "log.db"), "Ada", "Europe/London", client="C-014")
    with pytest.raises(KitError, match="A call of yours is being entered"):
        press(page, EXAMPLE)
    assert page.model.entry.client == "C-014"


@pytest.mark.parametrize("now", ["2026-03-05T23:25", "2026-03-05T23:59", "2026-03-06T00:05"])
def test_messages_example_holds_around_midnight(now: str) -> None:
    page = messages_panel("Europe/London", now, desk="")
    press(page, EXAMPLE)
    press(page, "Write it for me")
    assert "that time has passed" not in words(page)


def test_the_workshop_s_example_is_a_debrief_of_made_up_votes_and_leaves_the_log_alone(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log.db"
    page = workshop_panel(str(log))
    press(page, EXAMPLE)
    seen = words(page)
    assert "Example: made-up votes, nothing is kept" in seen
    assert "What the room decided" in seen
    # A room that was wrong once, and what the guidance's way comes to.
    assert page.model.session is not None
    assert len(page.model.session.ends[0]) == 2
    assert not page.model.phones.possible
    assert page.model.place == ""
    press(page, "Make the handout")
    press(page, "Close the workshop")
    assert not log.exists()
    assert (page.model.made_up, page.model.earlier()) == (False, [])
    press(page, EXAMPLE)
    assert "Compare with" not in words(page)  # the example before is gone

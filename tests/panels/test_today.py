"""The page for the day itself, driven in process."""

import datetime as dt
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.panels.today import today_panel
from tests.panels.driving import inside, press, words


def page_at(now: str, **given: Any) -> Any:
    return today_panel("Europe/London", now, time=dt.time(14, 0), **given)


def test_ten_past_and_nobody_has_called() -> None:
    page = page_at("2026-03-05T14:10", their_timezone="America/New_York")
    press(page, "What now?")
    assert page.title == "It is 2:10 pm for you, 9:10 am for them."
    shown = words(page)
    for step in ("Check the invitation", "Call the number you were given", "Stop waiting"):
        assert step in shown
    assert "3:00 pm" in shown
    assert "2:00 pm for you is 9:00 am for them." in page.lead


def test_the_voicemail_holds_the_plan_s_window() -> None:
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", phone="020 7946 0100")
    press(page, "What now?")
    press(page, "Write it")
    (draft,) = [one.value for one in inside(page) if isinstance(one, widgets.Textarea)]
    assert "I am free until 3:00 pm." in draft
    assert "It is 2:16 pm" in draft
    assert "Amara Nwosu" in draft


def test_what_a_message_lacks_is_said_beside_the_button(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERVIEW_COACH_RAISE", raising=False)
    page = page_at("2026-03-05T14:16")
    press(page, "What now?")
    press(page, "Write it")
    assert "&#x27;sender&#x27; (Your name) is missing" in words(
        page
    ) or "'sender' (Your name) is missing" in words(page)
    assert not [one for one in inside(page) if isinstance(one, widgets.Textarea)]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"time": None}, "Agreed for: give the day and the time of the interview."),
        ({"timezone": "Europe/Lundon"}, "did you mean 'Europe/London'?"),
        ({"time": dt.time(15, 0)}, "nothing has been missed yet"),
        (
            {"their_timezone": "the moon"},
            "Their time zone: there is no time zone called 'the moon'",
        ),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_nothing_typed_is_lost(
    given: dict[str, Any], says: str
) -> None:
    page = page_at("2026-03-05T14:10", sender="Amara Nwosu")
    for name, value in given.items():
        setattr(page.model, name, value)
    with pytest.raises(KitError) as caught:
        page.model.ask()
    assert says in str(caught.value)
    assert (page.model.plan, page.model.sender) == (None, "Amara Nwosu")


def test_you_missed_it_means_act_at_once() -> None:
    page = page_at("2026-03-05T14:40", missed_by="candidate")
    press(page, "What now?")
    assert "Call back right away" in words(page)
    assert "Stop waiting" not in words(page)


def test_what_is_typed_is_shown_as_text() -> None:
    nasty = 'Amara" onmouseover="alert(1)" <zap'
    page = page_at("2026-03-05T14:16", sender=nasty, phone="020 7946 0100")
    press(page, "What now?")
    press(page, "Write it")
    markup = [one.value for one in inside(page) if isinstance(one, widgets.HTML)]
    assert not any('onmouseover="' in value or "<zap" in value for value in markup)


def test_changing_the_answers_keeps_them() -> None:
    page = page_at("2026-03-05T14:16", attempts=2)
    press(page, "What now?")
    press(page, "Change my answers")
    assert page.model.plan is None
    assert page.model.attempts == 2
    press(page, "What now?")
    assert page.model.plan is not None

"""The workshop panel, driven in process: a round from the first hand to the handout, and again."""

import re
from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes.workshops import MovedOn
from interview_coach.panels.workshop import workshop_panel
from tests.panels.driving import buttons, inside, press, words


@pytest.fixture
def log(tmp_path: Path) -> str:
    return str(tmp_path / "outcomes.db")


def begun(log: str, cohort: str = "Spring") -> Any:
    """Open the page and begin the first deck's first call."""
    page = workshop_panel(log)
    next(
        one
        for one in inside(page)
        if getattr(one, "description", "").startswith("What do you call")
    ).value = cohort
    press(page, "First workshop: four calls (60 minutes)")
    press(page, "Begin")
    return page


def vote(page: Any, **hands: int) -> None:
    """Count hands, a press each."""
    says = {
        "wait": "Wait until 2:15",
        "call": "Call the number she gave you",
        "email": "Write an email",
        "stop": "Stop waiting for today",
    }
    for key, number in hands.items():
        for _ in range(number):
            press(page, says[key])


def test_opening_the_page_makes_no_file(log: str) -> None:
    page = workshop_panel(log)
    assert not Path(log).exists()
    assert "Go on with one" not in words(page)


def test_the_room_sees_how_many_hands_and_not_for_what_until_they_are_revealed(log: str) -> None:
    page = begun(log)
    assert page.title == "It is 2:05. The invitation says 2:00, today. The zone is yours."
    vote(page, call=12, wait=5, stop=1)
    # What is read, not the ids in the markup, which are counted up or drawn.
    shown = re.sub(r"<[^>]*>", " ", words(page))
    assert "18 hands" in shown
    assert not re.search(r"\b12\b", shown.replace("2:12", ""))
    press(page, "Reveal")
    assert "At 2:05, 12 of 18 called." in words(page)
    assert 'value="12" max="18"' in words(page)


def test_a_hand_keeps_the_buttons_that_are_being_pressed(log: str) -> None:
    page = begun(log)
    before = buttons(page)["Wait until 2:15"]
    vote(page, wait=3)
    assert buttons(page)["Wait until 2:15"] is before


def test_one_less_undo_and_reset(log: str) -> None:
    page = begun(log)
    vote(page, wait=3)
    less = next(
        one
        for one in inside(page)
        if getattr(one, "tooltip", "") == "One hand less for: Wait until 2:15"
    )
    less.click()
    assert page.model.session.tally.total == 2
    press(page, "Undo")
    assert page.model.session.tally.total == 3
    press(page, "Reset")
    assert "No hands yet" in words(page)
    vote(page, call=1)
    assert "1 hand" in words(page)


def test_counts_can_be_typed_in_the_notes(log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(log)
    notes = workshop_panel(log)
    press(notes, "My notes")
    field = next(
        one for one in inside(notes) if getattr(one, "description", "") == "Hands for 1 to 5"
    )
    field.value = "5, 0 12 0, 1"
    press(notes, "Set the counts")
    assert notes.model.session.tally.hands == {
        "wait:15": 5,
        "wait:60": 0,
        "call": 12,
        "send_email": 0,
        "stop_waiting": 1,
    }
    monkeypatch.delenv("INTERVIEW_COACH_RAISE")
    for typed in ("5 0 12", "a few", "5 0 -1 0 0", "5 0 12 0 12345"):
        field.value = typed
        press(notes, "Set the counts")
        assert "Type 5 numbers, one for each choice in its order, such as 5 0 12 0 1" in words(
            notes
        )
        assert notes.model.session.tally.total == 18


def test_the_reason_is_one_press_away_with_source_and_disagreement(log: str) -> None:
    page = begun(log)
    vote(page, stop=2)
    press(page, "Reveal")
    assert "warns against" not in words(page)
    press(page, "What the guidance says")
    assert "The guidance warns against it, since they may be on the way" in words(page)
    assert "Others say: internlikearockstar.com: Wait about 15 minutes" in words(page)
    press(page, "The votes again")
    assert "warns against" not in words(page)


def test_the_majority_s_path_then_another_then_the_guidance_s(log: str) -> None:
    page = begun(log)
    vote(page, stop=3, wait=1)
    press(page, "Reveal")
    press(page, "Play the top choice")
    assert page.title == "You stopped at 2:05, and nobody knew that you had been there."
    assert "The room's way" in words(page)
    press(page, "Back to 2:05: another way")
    assert "At 2:05, 3 of 4 stopped waiting." in words(page)
    press(page, "Wait until 3:00")
    assert page.title == "You spoke at 2:26."
    assert ">Another way<" in words(page)
    press(page, "The guidance's way")
    assert ">The guidance's way<" in words(page)
    assert "The guidance's way" not in buttons(page)
    press(page, "Next: call 2")
    assert "call 2 of 4" in page.lead


def test_a_vote_keeps_its_number_when_the_room_goes_back_to_it(log: str) -> None:
    page = begun(log)
    vote(page, call=3)
    assert "vote 1" in page.lead
    press(page, "Reveal")
    press(page, "Play the top choice")
    assert "vote 2" in page.lead
    vote(page, wait=2)
    press(page, "Reveal")
    press(page, "Back")
    assert "At 2:05, " in words(page) and "vote 1" in page.lead


def test_a_tie_has_no_majority_to_play(log: str) -> None:
    page = begun(log)
    vote(page, wait=2, call=2)
    press(page, "Reveal")
    assert "Play the top choice" not in buttons(page)
    assert "At 2:05, it was a tie" in words(page)
    press(page, "Call the number she gave you")
    assert page.title.startswith("It is 2:06.")


def test_a_whole_workshop_ends_in_a_debrief_and_things_to_take_home(log: str) -> None:
    page = begun(log)
    vote(page, call=12, wait=5, stop=1)
    press(page, "Reveal")
    press(page, "Play on to the end")
    press(page, "All calls")
    press(page, "Debrief of all")
    assert page.title == "The top choice was not the guidance's in the one vote held."
    shown = words(page)
    assert "At 2:05, 12 of 18 called." in shown
    assert "5 waited until 2:15 and 1 stopped waiting." in shown
    for button, link in (
        ("Make the handout", "Save the handout"),
        ("Export the votes", "Save the votes"),
    ):
        press(page, button)
        assert link in words(page)
    assert "No other group" not in words(page)


def test_a_new_kernel_goes_on_exactly_where_it_was(log: str) -> None:
    page = begun(log)
    vote(page, call=2, wait=5)
    again = workshop_panel(log)
    press(again, "Go on")
    assert again.model.session == page.model.session
    assert again.title == page.title
    assert "7 hands" in words(again)


def test_the_notes_show_the_counts_and_both_windows_keep_up(log: str) -> None:
    room = begun(log)
    notes = workshop_panel(log)
    press(notes, "My notes")
    assert "Only for you" in words(notes)
    assert "Hidden from the room: Her meeting ran over until 2:26." in words(notes)
    vote(notes, call=2)
    assert "No hands yet" in words(room)
    room.ticker.ticks += 1
    assert "2 hands" in words(room)
    vote(room, call=1)
    vote(notes, wait=1)  # both have counted since they last looked: none is lost
    room.ticker.ticks += 1
    assert room.model.session.tally.hands == {"call": 3, "wait:15": 1}
    press(notes, "Reveal")
    room.ticker.ticks += 1
    assert "At 2:05, 3 of 4 called." in words(room)
    assert "Only for you" not in words(room)


def test_a_window_that_lags_shows_what_the_other_did_instead_of_undoing_it(
    log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = begun(log)
    notes = workshop_panel(log)
    press(notes, "My notes")
    press(notes, "Reveal")
    monkeypatch.delenv("INTERVIEW_COACH_RAISE")
    press(room, "Reset")
    assert "Your other window has gone on in the meantime" in words(room)
    assert room.model.session.tally.revealed


def test_a_hand_that_can_never_be_kept_is_given_up_with_a_sentence(
    log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun(log)
    monkeypatch.delenv("INTERVIEW_COACH_RAISE")

    def refuse(*_: object) -> int:
        raise MovedOn("Your other window has gone on.")

    monkeypatch.setattr(page.model.store, "add", refuse)
    vote(page, call=1)
    assert "Your other window has gone on." in words(page)
    assert page.model.session.tally.total == 0


def test_the_screen_goes_blank_and_comes_back(log: str) -> None:
    page = begun(log)
    press(page, "Blank")
    assert list(buttons(page)) == ["Show the screen again"]
    press(page, "Show the screen again")
    assert page.title.startswith("It is 2:05.")


def test_two_groups_side_by_side(log: str) -> None:
    first = begun(log, "Autumn")
    vote(first, call=4, wait=1)
    press(first, "Reveal")
    page = begun(log, "Spring")
    vote(page, wait=12)
    press(page, "Reveal")
    press(page, "Play on to the end")
    press(page, "All calls")
    press(page, "Debrief of all")
    which = next(one for one in inside(page) if getattr(one, "description", "") == "Compare with")
    which.index = 1
    shown = words(page)
    assert "12 of 12 (100%, between 76% and 100%)" in shown
    assert "4 of 5 (80%, between 38% and 96%), few votes" in shown


def test_a_label_that_no_screen_holds_is_refused_in_a_sentence(
    log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTERVIEW_COACH_RAISE")
    page = workshop_panel(log)
    next(
        one
        for one in inside(page)
        if getattr(one, "description", "").startswith("What do you call")
    ).value = "x" * 99
    press(page, "First workshop: four calls (60 minutes)")
    assert "The group's label has 99 letters; 60 are the most that a screen shows." in words(page)


def test_what_a_group_is_called_is_shown_and_never_run(log: str) -> None:
    page = begun(log, "<img src=x onerror=alert(1)>")
    assert all(
        "<img src=x" not in str(getattr(one, "value", ""))
        for one in inside(page)
        if one.__class__.__name__ == "HTML"
    )


def test_what_would_change_nothing_is_said_and_not_kept(log: str) -> None:
    page = begun(log)
    kept = len(page.model._changes)
    with pytest.raises(KitError, match="nothing to reset"):
        press(page, "Reset")
    with pytest.raises(KitError, match="none can be taken away"):
        press(page, "\u2212")
    assert len(page.model._changes) == kept
    vote(page, wait=1)
    press(page, "Reset")
    assert "No hands yet" in words(page)

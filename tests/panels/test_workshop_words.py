"""Words that phones write in a workshop: collected, reviewed, shown without names, hidden."""

from pathlib import Path
from typing import Any

import pytest

from interview_coach.outcomes.rooms.file import ROOMS_FILE
from interview_coach.panels.workshop import workshop_panel
from interview_coach.panels.workshop_phones_model import PhonesModel
from tests.panels.driving import inside, press, visible, words
from tests.panels.phones import Joining, begun, tick

NASTY = "<img src=x onerror=alert(1)> you never call, which is unprofessional"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(ROOMS_FILE, str(tmp_path / "rooms.db"))
    return str(tmp_path / "outcomes.db")


def turn(page: Any, label: str) -> None:
    """Press the button that is read out so."""
    next(one for one in visible(page) if getattr(one, "tooltip", None) == label).click()


def test_words_are_collected_reviewed_shown_without_names_hidden_and_brought_back(
    log: str, joining: Joining
) -> None:
    room = begun(log, names=True)
    phones = joining(room, "Ana Ruiz", "Ben Ito")
    press(room, "Ask for words")
    press(room, "Voicemail: nobody answers")
    assert (room.title, room.lead) == ("Voicemail: nobody answers", "At most 75 words.")
    assert phones[0].shows()["kind"] == "words"
    phones[0].send(NASTY)
    phones[1].send("Hello, this is about our interview today at two.")
    tick(room)
    assert "2 of 2 phones have sent words" in words(room)
    assert "unprofessional" not in words(room)
    press(room, "Reveal")
    assert room.title == "2 messages came in."
    assert "1 of 2 holds words that may hurt." in room.lead
    assert "Message 1 of 2" in words(room)
    seen = words(room)
    press(room, "Next message")
    seen += words(room)
    assert "unprofessional" in seen
    assert "may hurt" in seen
    assert "Ana" not in seen
    for one in inside(room):
        assert "<img src=x" not in str(getattr(one, "value", ""))
    press(room, "Hide this one")
    assert "Message 1 of 1" in words(room)
    notes = workshop_panel(log)
    press(notes, "My notes")
    assert "Hidden, only for you" in words(notes)
    assert "Hidden, only for you" not in words(room)
    press(notes, "Show it again")
    press(notes, "Message before")
    tick(room)
    assert "Message 1 of 2" in words(room)  # what is pressed in the notes happens on the projector
    press(room, "Next message")
    assert "Message 2 of 2" in words(room)
    press(room, "Back to the vote")
    assert room.title.startswith("It is 2:05.")
    assert phones[0].shows()["kind"] == "choice"


def test_the_notes_show_what_comes_in_and_what_is_hidden_there_is_never_on_the_screen(
    log: str, joining: Joining
) -> None:
    room = begun(log)
    phones = joining(room, 2)
    press(room, "Ask for words")
    press(room, "Voicemail: nobody answers")
    notes = workshop_panel(log)
    press(notes, "My notes")
    assert "So far, only for you" in words(notes)
    assert "Nothing has come in yet." in words(notes)
    phones[0].send(NASTY)
    phones[1].send("Hello, this is about our interview today at two.")
    tick(notes)
    tick(room)
    assert "unprofessional" in words(notes)
    assert "unprofessional" not in words(room)
    turn(notes, f"Hide: {NASTY[:40]}")
    assert "(hidden)" in words(notes)
    turn(notes, f"Show again: {NASTY[:40]}")
    assert "(hidden)" not in words(notes)
    turn(notes, f"Hide: {NASTY[:40]}")
    # Other words are not the ones that were hidden; the same ones, sent again, stay so.
    phones[0].send(NASTY)
    tick(notes)
    assert "(hidden)" in words(notes)
    press(room, "Reveal")
    assert "Message 1 of 1" in words(room)
    assert "unprofessional" not in words(room)


def test_nothing_written_is_said(log: str, joining: Joining) -> None:
    page = begun(log)
    joining(page, 1)
    press(page, "Ask for words")
    press(page, "Back")
    press(page, "Ask for words")
    press(page, "Email: nobody answers")
    press(page, "Reveal")
    assert page.title == "Nobody wrote anything."
    assert "Nothing to show" in words(page)


def test_many_words_are_reviewed_once(
    log: str, joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun(log)
    phones = joining(page, 12)
    press(page, "Ask for words")
    press(page, "Voicemail: nobody answers")
    for number, phone in enumerate(phones):
        phone.send(f"Hello, this is number {number} about our interview.")
    press(page, "Reveal")
    asked: list[str] = []
    told = PhonesModel.review_of

    def counted(self: PhonesModel, draft: Any, question: Any) -> Any:
        before = len(self._read)
        found = told(self, draft, question)
        asked.extend([draft.phone] * (len(self._read) - before))
        return found

    monkeypatch.setattr(PhonesModel, "review_of", counted)
    for _ in range(11):
        press(page, "Next message")
    assert "Message 12 of 12" in words(page)
    assert asked == []

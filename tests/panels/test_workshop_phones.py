"""The room of phones on the workshop's page, driven in process; the phones answer through the store."""

from pathlib import Path

import pytest

from interview_coach.outcomes.rooms import Rooms, RoomsFile
from interview_coach.outcomes.rooms.answering import listening
from interview_coach.outcomes.rooms.file import ROOMS_FILE
from interview_coach.panels.workshop import workshop_panel
from tests.panels.driving import buttons, press, words
from tests.panels.phones import FIRST, Joining, begun, tick


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(ROOMS_FILE, str(tmp_path / "rooms.db"))
    return str(tmp_path / "outcomes.db")


def test_without_a_server_for_phones_nothing_is_offered(
    log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ROOMS_FILE)
    page = workshop_panel(log)
    press(page, FIRST)
    assert "By phone" not in buttons(page)
    press(page, "Begin")
    assert "By phone" not in buttons(page)


def test_who_can_reach_it_is_said_before_a_room_is_opened_and_no_file_is_made(
    log: str, tmp_path: Path
) -> None:
    page = workshop_panel(log)
    press(page, FIRST)
    press(page, "By phone")
    assert "Anybody in this network who has the code can join" in words(page)
    press(page, "Back")
    press(page, "Begin")
    assert not (tmp_path / "rooms.db").exists()


def test_the_screen_shows_the_way_in_and_who_has_come(log: str, joining: Joining) -> None:
    page = workshop_panel(log)
    press(page, FIRST)
    press(page, "By phone")
    press(page, "Open the room")
    assert "Opening the door for the phones" in words(page)
    joining(page, 0)
    shown = words(page)
    code = page.model.phones.room.code
    assert "http://192.0.2.7:8700" in shown
    assert f"{code[:4]} {code[4:]}" in shown
    assert "<svg" in shown
    assert "If that leads nowhere: 10.0.0.7:8700" in shown
    assert "No phone has joined yet" in shown
    before = buttons(page)["Go on"]
    joining(page, 1)
    assert "1 phone has joined" in words(page)
    joining(page, 2)
    assert "3 phones have joined" in words(page)
    assert buttons(page)["Go on"] is before  # nothing was redrawn under a finger


@pytest.mark.parametrize(
    ("port", "addresses", "problem", "says"),
    [
        (8700, [], "", "This computer is in no network, so no phone can reach it."),
        (None, [], "Permission denied", "The phones cannot be let in (Permission denied)."),
    ],
)
def test_what_keeps_phones_out_is_said(
    log: str,
    tmp_path: Path,
    port: int | None,
    addresses: list[str],
    problem: str,
    says: str,
) -> None:
    page = workshop_panel(log)
    press(page, FIRST)
    press(page, "By phone")
    press(page, "Open the room")
    file = RoomsFile(tmp_path / "rooms.db")
    with file.writing() as run:
        listening(run, port, addresses, problem)
    file.close()
    tick(page)
    assert says in words(page)
    assert "<svg" not in words(page)


def test_a_round_by_phone_and_by_hand(log: str, joining: Joining) -> None:
    page = begun(log)
    phones = joining(page, 3)
    assert phones[0].shows()["asked"] == page.title
    for phone, said in zip(phones, ("call", "wait:15", "call"), strict=True):
        phone.send(said)
    phones[1].send("call")
    before = buttons(page)["Wait until 2:15"]
    tick(page)
    shown = words(page)
    assert "3 of 3 phones have voted" in shown
    assert "call:" not in shown
    press(page, "Wait until 2:15")  # a hand of somebody without a phone
    assert buttons(page)["Wait until 2:15"] is before
    assert "1 hand" in words(page)
    assert "result" not in phones[0].shows()
    press(page, "Reveal")
    assert "At 2:05, 3 of 4 called." in words(page)
    told = phones[0].shows()
    assert told["stage"] == "revealed"
    assert told["result"]["finding"] == "At 2:05, 3 of 4 called."
    press(page, "Play the top choice")
    assert page.title.startswith("It is 2:06.")
    assert phones[0].shows()["asked"] == page.title
    assert phones[0].shows()["stage"] == "open"
    press(page, "Back")
    # Back at the first vote: its votes are open, on the phones too.
    assert phones[0].shows()["result"]["total"] == 4


def test_a_vote_that_is_begun_again_starts_empty_and_undo_brings_the_votes_back(
    log: str, joining: Joining
) -> None:
    page = begun(log)
    (phone,) = joining(page, 1)
    phone.send("call")
    tick(page)
    assert "1 of 1 phone has voted" in words(page)
    press(page, "Reset")
    tick(page)
    assert "0 of 1 phone has voted" in words(page)
    press(page, "Undo")
    tick(page)
    assert "1 of 1 phone has voted" in words(page)
    press(page, "Reveal")
    assert "At 2:05, 1 of 1 called." in words(page)


def test_the_notes_reveal_and_the_projector_and_the_phones_follow(
    log: str, joining: Joining
) -> None:
    room = begun(log)
    (phone,) = joining(room, 1)
    notes = workshop_panel(log)
    press(notes, "My notes")
    phone.send("wait:15")
    tick(notes)
    assert "1 of 1 phone has voted" in words(notes)
    assert ("<svg" in words(room), "<svg" in words(notes)) == (True, False)
    press(notes, "Reveal")
    assert phone.shows()["stage"] == "revealed"
    tick(room)
    assert "At 2:05, 1 of 1 waited until 2:15." in words(room)
    for window in (room, notes, room):
        tick(window)
        assert phone.shows()["stage"] == "revealed"
    press(notes, "Vote again")
    for window in (room, notes, room):
        tick(window)
        assert phone.shows()["stage"] == "open"


def test_a_reveal_that_was_cut_off_can_be_done_again(
    log: str, joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun(log)
    (phone,) = joining(page, 1)
    phone.send("call")

    def dies(*_: object) -> int:
        raise OSError("the power is gone")

    with monkeypatch.context() as cut:
        cut.setattr(page.model.store, "add", dies)
        with pytest.raises(OSError, match="the power is gone"):
            press(page, "Reveal")
    assert phone.shows()["stage"] == "counted"
    again = workshop_panel(log)
    press(again, "Go on")
    assert phone.shows()["stage"] == "open"
    phone.send("wait:15")
    press(again, "Reveal")
    assert "At 2:05, 1 of 1 waited until 2:15." in words(again)


def test_a_new_kernel_finds_the_room_open_with_its_votes(log: str, joining: Joining) -> None:
    page = begun(log)
    (phone,) = joining(page, 1)
    phone.send("call")
    again = workshop_panel(log)
    press(again, "Go on")
    assert "1 of 1 phone has voted" in words(again)
    assert again.model.phones.room.code == page.model.phones.room.code


def test_names_are_seen_in_the_notes_and_never_on_the_projector(log: str, joining: Joining) -> None:
    page = begun(log, names=True)
    joining(page, "Ana Ruiz", "<b>Ben</b>")
    press(page, "By phone")
    assert "You asked for names; each phone says so." in words(page)
    assert "Ana" not in words(page)
    notes = workshop_panel(log)
    press(notes, "My notes")
    press(notes, "By phone")
    assert "In the room when this opened: <b>Ben</b>, Ana Ruiz" in words(notes)


def test_the_debrief_has_the_votes_and_takes_home_what_was_sent_and_erases_it(
    log: str, joining: Joining
) -> None:
    page = begun(log)
    phones = joining(page, 2)
    for phone in phones:
        phone.send("call")
    press(page, "Reveal")
    press(page, "Play on to the end")
    press(page, "All calls")
    press(page, "Debrief of all")
    assert "At 2:05, both called." in words(page)
    press(page, "Export what the phones sent")
    assert "Save what the phones sent" in words(page)
    press(page, "Close the room")
    assert phones[0].shows() == {"stage": "closed"}
    assert "Close the room" not in buttons(page)
    press(page, "Erase what the phones sent")
    assert "go for good" in words(page)
    press(page, "Keep them")
    assert page.model.phones.has_answers()
    press(page, "Erase what the phones sent")
    press(page, "Erase them")
    assert "What the phones sent is erased." in words(page)
    assert not page.model.phones.has_answers()
    assert "At 2:05, both called." in words(page)


def test_closing_the_workshop_closes_its_room_but_not_from_the_notes(
    log: str, joining: Joining, tmp_path: Path
) -> None:
    page = begun(log)
    joining(page, 1)
    notes = workshop_panel(log)
    press(notes, "My notes")
    press(page, "Reveal")
    press(page, "Play on to the end")
    press(page, "All calls")
    press(page, "Debrief of all")
    tick(notes)
    press(notes, "Close the workshop")
    with Rooms(tmp_path / "rooms.db") as rooms:
        assert len(rooms.any_open()) == 1
        press(page, "Close the workshop")
        assert rooms.any_open() == []


def test_a_room_that_was_left_open_can_be_closed_from_the_first_screen(
    log: str, joining: Joining
) -> None:
    page = begun(log)
    (phone,) = joining(page, 1)
    again = workshop_panel(log)
    assert "phones can vote" in words(again)
    press(again, "Close its room")
    assert phone.shows() == {"stage": "closed"}
    assert "phones can vote" not in words(again)
    assert "Close its room" not in buttons(again)
    tick(page)
    assert page.model.phones.room is None


def test_a_room_that_is_closed_elsewhere_says_so(
    log: str, joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun(log)
    joining(page, 1)
    press(page, "Ask for words")
    monkeypatch.delenv("INTERVIEW_COACH_RAISE")
    page.model.phones.rooms.end(page.model.phones.room.room)
    press(page, "Voicemail: nobody answers")
    assert "The room is closed; open it again to ask its phones." in words(page)


def test_a_file_that_cannot_be_used_is_said_and_the_workshop_goes_on(
    log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = workshop_panel(log)
    press(page, FIRST)
    (tmp_path / "rooms.db").write_text("Not a database, but some notes of a coach. " * 40)
    monkeypatch.delenv("INTERVIEW_COACH_RAISE")
    press(page, "By phone")
    press(page, "Open the room")
    assert "the file is no SQLite database" in words(page)
    press(page, "Back")
    press(page, "Begin")
    press(page, "Wait until 2:15")
    assert page.model.session.tally.total == 1

"""The file of the rooms: votes that count once, states that say what is taken, and what is erased."""

import sqlite3
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.outcomes.rooms import Draft, Room, Rooms, RoomsFile, rooms_file
from interview_coach.outcomes.rooms.answering import (
    LONGEST_WORDS,
    MOST_PHONES,
    Refused,
    answer,
    close_old,
    join,
    listening,
    mine,
    open_rooms,
    view,
)
from interview_coach.outcomes.rooms.file import ROOMS_FILE

ASKED = {"asked": "What do you do?", "options": [["wait", "Wait until 2:15"], ["call", "Call"]]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rooms.db"


@pytest.fixture
def rooms(path: Path) -> Iterator[Rooms]:
    with Rooms(path, clock=lambda: 1000.0) as made:
        yield made


@pytest.fixture
def phones(path: Path) -> Iterator[RoomsFile]:
    made = RoomsFile(path)
    yield made
    made.close()


def asking(rooms: Rooms, *, names: bool = False, key: str = "0::0") -> Room:
    room = rooms.open("w", names=names)
    rooms.ask(room.room, key, ASKED)
    again = rooms.of("w")
    assert again is not None
    return again


def joined(phones: RoomsFile, room: Room, name: str = "") -> str:
    with phones.writing() as run:
        return join(run, room.code, "", name, 1.0)[1]


def send(
    phones: RoomsFile, phone: str, said: str, turn: int, *, number: int = 1, kind: str = "choice"
) -> None:
    with phones.writing() as run:
        answer(run, phone, number, kind, said, turn)


def told(phones: RoomsFile, room: Room) -> dict[str, Any]:
    with phones.reading() as run:
        return view(run, room.room)


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"Refused: {reason}")


def test_a_vote_replaces_the_one_before_and_counts_once(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)
    one, two = joined(phones, room), joined(phones, room)
    send(phones, one, "wait", 1)
    send(phones, one, "call", 2)
    send(phones, two, "wait", 1)
    assert rooms.count(room.room, 1) == {"call": 1, "wait": 1}
    assert rooms.count(room.room, 1) == {"call": 1, "wait": 1}


def test_what_was_sent_again_or_comes_late_changes_nothing(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)
    one = joined(phones, room)
    send(phones, one, "wait", 1)
    send(phones, one, "call", 2)
    send(phones, one, "call", 2)
    send(phones, one, "wait", 1)
    with phones.reading() as run:
        assert mine(run, one, room.room) == {"turn": 2, "answer": "call"}


@settings(max_examples=60, deadline=None)
@given(
    sent=st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 6), st.sampled_from(["wait", "call"])),
        max_size=40,
    )
)
def test_whatever_arrives_in_whatever_order_each_phone_counts_for_its_last_turn(
    sent: list[tuple[int, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rooms") / "rooms.db"
    phones = RoomsFile(path)
    with Rooms(path) as rooms:
        room = asking(rooms)
        ids = [joined(phones, room) for _ in range(4)]
        last: dict[int, tuple[int, str]] = {}
        for phone, turn, said in sent:
            send(phones, ids[phone], said, turn)
            if turn > last.get(phone, (0, ""))[0]:
                last[phone] = (turn, said)
        wanted: dict[str, int] = {}
        for _, said in last.values():
            wanted[said] = wanted.get(said, 0) + 1
        assert rooms.count(room.room, 1) == wanted
    phones.close()


def test_eight_writers_at_once_lose_and_double_nothing(
    rooms: Rooms, phones: RoomsFile, path: Path
) -> None:
    room = asking(rooms)
    ids = [joined(phones, room) for _ in range(8)]

    def votes(phone: str) -> None:
        file = RoomsFile(path)
        for turn in range(1, 26):
            send(file, phone, "wait" if turn % 2 else "call", turn)
        file.close()

    threads = [threading.Thread(target=votes, args=(phone,)) for phone in ids]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert rooms.count(room.room, 1) == {"wait": 8}
    with phones.reading() as run:
        assert [mine(run, phone, room.room)["turn"] for phone in ids] == [25] * 8


def test_before_reveal_nobody_is_told_anything_of_the_votes(
    rooms: Rooms, phones: RoomsFile
) -> None:
    room = asking(rooms)
    send(phones, joined(phones, room), "wait", 1)
    shown = {"stage": "open", "question": 1, "kind": "choice", "names": False, **ASKED}
    shown["language"] = "en"
    assert told(phones, room) == shown
    rooms.count(room.room, 1)
    assert told(phones, room) == {**shown, "stage": "counted"}
    rooms.reveal(room.room, 1, {"finding": "All waited."})
    assert told(phones, room)["result"] == {"finding": "All waited."}
    rooms.reopen(room.room, 1)
    assert told(phones, room) == shown


def test_after_the_count_no_vote_is_taken_or_changed(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)
    one = joined(phones, room)
    send(phones, one, "wait", 1)
    rooms.count(room.room, 1)
    with refused("over"):
        send(phones, one, "call", 2)
    assert rooms.count(room.room, 1) == {"wait": 1}
    rooms.reopen(room.room, 1)
    send(phones, one, "call", 2)
    assert rooms.count(room.room, 1) == {"call": 1}


def test_a_vote_that_is_asked_again_finds_its_votes_and_another_does_not(
    rooms: Rooms, phones: RoomsFile
) -> None:
    room = asking(rooms)
    one = joined(phones, room)
    send(phones, one, "wait", 1)
    rooms.ask(room.room, "0::1", ASKED)  # begun again from the start
    assert rooms.count(room.room, 2) == {}
    with refused("moved"):
        send(phones, one, "call", 2)
    rooms.ask(room.room, "0::0", ASKED)  # and that taken back
    now = rooms.of("w")
    assert now is not None and now.asked is not None
    assert (now.asked.number, now.asked.answers) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "said", "turn", "reason"),
    [
        ("choice", "dance", 1, "wrong"),
        ("choice", "", 1, "wrong"),
        ("words", "Hello", 1, "wrong"),
        ("choice", "wait", 0, "wrong"),
        ("choice", "wait", -3, "wrong"),
        ("choice", "wait", 10**9, "wrong"),
        ("choice", "x" * (LONGEST_WORDS + 1), 1, "long"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_kept(
    rooms: Rooms, phones: RoomsFile, kind: str, said: str, turn: int, reason: str
) -> None:
    room = asking(rooms)
    with refused(reason):
        send(phones, joined(phones, room), said, turn, kind=kind)
    assert rooms.count(room.room, 1) == {}


def test_a_phone_is_let_in_by_its_code_and_known_again(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)
    with phones.writing() as run:
        _, phone = join(run, room.code.lower(), "", "Ana", 1.0)
        assert len(phone) >= 22
        assert join(run, room.code, phone, "", 2.0) == (room.room, phone)
        assert join(run, room.code, "somebody else's", "", 2.0)[1] != phone
    now = rooms.of("w")
    assert now is not None and now.joined == 2
    # Nobody asked for names, so none is kept even if one is sent.
    assert rooms.names(room.room) == []


def test_names_are_kept_only_where_they_are_asked_for(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms, names=True)
    with phones.writing() as run, refused("name"):
        join(run, room.code, "", "  ", 1.0)
    phone = joined(phones, room, " Ana  Ruiz ")
    send(phones, phone, "call", 1)
    assert rooms.names(room.room) == ["Ana Ruiz"]
    assert [(one.name, one.answer) for one in rooms.answers("w")] == [("Ana Ruiz", "Call")]


def test_a_closed_room_lets_nobody_in_and_takes_nothing(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)
    phone = joined(phones, room)
    send(phones, phone, "wait", 1)
    rooms.end(room.room)
    with refused("closed"):
        send(phones, phone, "call", 2)
    with phones.writing() as run, refused("closed"):
        join(run, room.code, phone, "", 1.0)
    assert told(phones, room) == {"stage": "closed"}
    assert rooms.of("w") is None
    # A new room of the same workshop has a code of its own.
    assert rooms.open("w").code != room.code
    with phones.writing() as run, refused("code"):
        join(run, "BCDF GHJK" if room.code != "BCDFGHJK" else "KJHG FDCB", "", "", 1.0)


def test_a_full_room_says_so(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)
    with phones.writing() as run:
        run.executemany(
            "INSERT INTO phones VALUES (?, ?, '', 1)",
            [(f"p{number}", room.room) for number in range(MOST_PHONES)],
        )
        with refused("full"):
            join(run, room.code, "", "", 1.0)


def test_an_old_room_is_closed_by_itself(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)  # at 1000
    with phones.writing() as run:
        assert close_old(run, 999.0, 1e9) == 0
        assert [one.code for one in open_rooms(run)] == [room.code]
        assert close_old(run, 1000.0, 1e9) == 1
        assert open_rooms(run) == []
    assert rooms.of("w") is None


def test_words_are_shown_without_names_in_no_order_of_theirs_and_can_be_hidden(
    rooms: Rooms, phones: RoomsFile
) -> None:
    room = asking(rooms, names=True)
    rooms.ask_words(room.room, {"asked": "Voicemail", "message": "voicemail_no_answer"})
    ids = [joined(phones, room, name) for name in ("Ana", "Ben")]
    for phone, said in zip(ids, ("Hello <b>x</b>", "Hi"), strict=True):
        send(phones, phone, said, 1, number=2, kind="words")
    assert told(phones, room)["asked"] == "Voicemail"
    drafts = rooms.drafts(room.room, 2)
    assert {(one.words, one.hidden) for one in drafts} == {("Hello <b>x</b>", False), ("Hi", False)}
    rooms.hide(room.room, 2, drafts[0].phone)
    assert rooms.drafts(room.room, 2)[0] == Draft(drafts[0].phone, drafts[0].words, True)
    rooms.reveal_words(room.room, 2, {ids[0]: {"missing": []}}, {"finding": "2 messages came in."})
    with phones.reading() as run:
        assert mine(run, ids[0], room.room)["found"] == {"missing": []}
        assert "found" not in mine(run, ids[1], room.room)
    assert "Hi" not in str(told(phones, room))
    rooms.back_from_words(room.room)
    assert told(phones, room)["asked"] == "What do you do?"


def test_who_lags_behind_changes_nothing(rooms: Rooms, phones: RoomsFile) -> None:
    room = asking(rooms)
    rooms.ask(room.room, "later", ASKED)
    rooms.ask(room.room, "0::0", ASKED, room.revision)
    rooms.ask_nothing(room.room, room.revision)
    rooms.reveal(room.room, 2, {"finding": "old"}, room.revision)
    now = rooms.of("w")
    assert now is not None and now.asked is not None
    assert (now.asked.key, now.asked.state) == ("later", "open")


def test_erasing_takes_votes_words_and_names_and_waits_for_the_room_to_be_closed(
    rooms: Rooms, phones: RoomsFile, path: Path
) -> None:
    room = asking(rooms, names=True)
    send(phones, joined(phones, room, "Zacharias Unusual"), "wait", 1)
    assert any(b"Zacharias" in file.read_bytes() for file in path.parent.iterdir())
    with pytest.raises(KitError, match="The room is still open; close it, then erase"):
        rooms.erase("w")
    rooms.end(room.room)
    other = rooms.open("another")
    rooms.erase("w")
    assert rooms.answers("w") == []
    assert rooms.any_open() == ["another"]
    assert other.code
    for file in path.parent.iterdir():
        assert b"Zacharias" not in file.read_bytes(), file


def test_where_phones_are_answered_is_told_to_the_page(rooms: Rooms, phones: RoomsFile) -> None:
    asking(rooms)
    with phones.writing() as run:
        listening(run, 8700, ["192.0.2.7"])
    now = rooms.of("w")
    assert now is not None
    assert (now.where.port, now.where.addresses, now.where.problem) == (8700, ("192.0.2.7",), "")


def test_the_stamp_changes_when_somebody_else_writes(rooms: Rooms, phones: RoomsFile) -> None:
    before = phones.stamp()
    assert phones.stamp() == before
    asking(rooms)
    assert phones.stamp() != before


def test_the_file_is_its_owner_s_and_a_newer_or_foreign_one_is_said(tmp_path: Path) -> None:
    RoomsFile(tmp_path / "rooms.db").close()
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "rooms.db").stat().st_mode) == 0o600
    with sqlite3.connect(tmp_path / "rooms.db") as run:
        run.execute("PRAGMA user_version=99")
    run.close()
    with pytest.raises(KitError) as newer:
        RoomsFile(tmp_path / "rooms.db")
    assert str(newer.value) == (
        "The file of the rooms rooms.db was made by a newer Interview Coach; install the newer one."
    )
    (tmp_path / "notes.db").write_text("Not a database, but some notes of a coach. " * 40)
    with pytest.raises(KitError, match=r"the file is no SQLite database; name another one\."):
        RoomsFile(tmp_path / "notes.db")
    with pytest.raises(KitError, match=r"cannot be made or opened: .*; look whether its folder"):
        RoomsFile(tmp_path / "nowhere" / "rooms.db")


def test_a_room_speaks_the_language_that_it_was_opened_in(rooms: Rooms, phones: RoomsFile) -> None:
    waiting = {"stage": "waiting", "names": False, "language": "es"}
    assert told(phones, rooms.open("w", language="es")) == waiting
    assert told(phones, rooms.open("v"))["language"] == "en"
    with phones.reading() as run:
        assert sorted(room.language for room in open_rooms(run)) == ["en", "es"]


def test_rooms_of_before_there_were_languages_go_on_in_english(path: Path) -> None:
    with Rooms(path) as rooms:
        room = asking(rooms)
    with sqlite3.connect(path) as run:  # the file as the first version made it
        run.execute("ALTER TABLE rooms DROP COLUMN language")
        run.execute("PRAGMA user_version=1")
    run.close()
    with Rooms(path) as rooms:
        again = rooms.of("w")
        assert again is not None
        assert again.code == room.code
        rooms.open("v", language="es")
    file = RoomsFile(path)
    assert told(file, room)["language"] == "en"
    file.close()


def test_a_file_that_somebody_else_holds_is_said(
    path: Path, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview_coach.outcomes.rooms.file.BUSY_SECONDS", 0.05)
    room = asking(rooms)
    phones = RoomsFile(path)
    with rooms._file.writing(), pytest.raises(KitError, match="is in use by another program"):
        joined(phones, room)
    joined(phones, room)
    phones.close()


def test_a_page_knows_its_server_s_file_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ROOMS_FILE, raising=False)
    assert rooms_file() is None
    monkeypatch.setenv(ROOMS_FILE, "somewhere/rooms.db")
    assert rooms_file() == Path("somewhere/rooms.db")

"""The history: chained, so that silent damage is found and named; acts are taken back and not lost."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import ColumnMapping, EntryError, OutcomeLog, import_file
from interview_coach.outcomes.acts import ChangedMeanwhile
from tests.outcomes.entries import call

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A log with a little of everything."""
    file = tmp_path / "outcomes.db"
    with OutcomeLog.open(file, "Ash", clock=lambda: NOW) as log:
        first = log.add_call(
            call(interview_id="i1", employer="Acme", notes="kind", cohort="Spring")
        )
        log.change_call(first, why="told later", notes="very kind", cause="overran")
        log.add_call(call(interview_id="i1", scheduled_at="2026-03-09T10:00"))
        log.add_call(call(client_id="c2", interview_id="i2", state="pending", missed_by=None))
        log.describe_client("c1", name="Amara", tags=["nurse"], cohort="Spring")
    return file


def damage(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as log:
        log.execute(statement)
        log.commit()


def found(file: Path) -> list[str]:
    with OutcomeLog.open(file) as log:
        call_ids = dict(zip(log.calls()["call_id"], log.calls()["sequence"], strict=True))
        text = log.verify()
    for call_id, sequence in call_ids.items():
        text = [one.replace(call_id, f"CALL-{sequence}") for one in text]
    return text


def test_a_sound_log_has_no_findings(file: Path) -> None:
    assert found(file) == []


COUNTS = "The counts that are kept do not agree with the calls; count them anew."


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        pytest.param(
            "UPDATE calls SET booked_at = '2026-03-01 10:00:00.000000' WHERE sequence = 2",
            ["The call CALL-2 is not what was logged."],
            id="a booking",
        ),
        pytest.param(
            "UPDATE calls SET waited_minutes = 3 WHERE sequence = 2",
            ["The call CALL-2 is not what was logged."],
            id="a field of a call",
        ),
        pytest.param(
            "UPDATE calls SET notes = 'unkind' WHERE notes IS NOT NULL",
            ["The call CALL-1 is not what was logged."],
            id="private words of a call",
        ),
        pytest.param(
            "UPDATE calls SET state = 'completed', missed_by = NULL WHERE sequence = 2",
            ["The call CALL-2 is not what was logged.", COUNTS],
            id="an outcome",
        ),
        pytest.param(
            "UPDATE interviews SET employer = 'Acne' WHERE interview_id = 'i1'",
            ["The interview i1 is not what was logged."],
            id="an interview",
        ),
        pytest.param(
            "UPDATE history SET change = replace(change, 'overran', 'forgot') WHERE number = 2",
            ["Row 2 of the history of interview i1 is not what was entered."],
            id="what a change was",
        ),
        pytest.param(
            "UPDATE history SET private = replace(private, 'kind', 'rude') WHERE number = 2",
            ["What is private in row 2 of the history of interview i1 is not what was entered."],
            id="what private words were",
        ),
        pytest.param(
            "UPDATE writes SET why = 'never told' WHERE why = 'told later'",
            ["The reason of act 2 is not what was entered."],
            id="why it was",
        ),
        pytest.param(
            "UPDATE writes SET by = 'Birch' WHERE write_id = 4",
            ["Row 1 of the history of interview i2 is not what was entered."],
            id="by whom it was",
        ),
        pytest.param(
            "DELETE FROM history WHERE number = 2",
            [
                "The history of interview i1 lacks row 2: it goes on with 3.",
                "The call CALL-1 is not what was logged.",
            ],
            id="a row of the history",
        ),
        pytest.param("UPDATE tallies SET n = n + 1 WHERE what = 'missed'", [COUNTS], id="a count"),
        pytest.param("DELETE FROM open_cases", [COUNTS], id="an open case"),
        pytest.param(
            "UPDATE client_names SET name = 'Amira'",
            ["What is said of client CHAIN is not what was entered."],
            id="a name",
        ),
    ],
)
def test_silent_damage_is_named(file: Path, statement: str, says: list[str]) -> None:
    damage(file, statement)
    with closing(sqlite3.connect(file)) as log:
        (of,) = log.execute("SELECT chain FROM clients WHERE client_id = 'c1'").fetchone()
    assert [one.replace(of, "CHAIN") for one in found(file)] == says


def test_a_call_that_vanished_is_named(file: Path) -> None:
    with OutcomeLog.open(file) as log:
        gone = log.calls().query("sequence == 2")["call_id"].iloc[0]
    damage(file, "DELETE FROM calls WHERE sequence = 2")
    assert found(file) == [f"The call {gone} is gone, though nobody took it out.", COUNTS]


def test_many_findings_of_one_kind_are_counted(file: Path) -> None:
    with OutcomeLog.open(file) as log:
        for number in range(8):
            log.add_call(call(interview_id=f"n{number}"))
    damage(file, "UPDATE interviews SET employer = 'X' WHERE interview_id LIKE 'n%'")
    says = found(file)
    assert len(says) == 6
    assert says[-1] == "3 more like this: interviews are damaged."


def test_counts_are_mended_by_counting_anew(file: Path) -> None:
    damage(file, "UPDATE tallies SET n = n + 1")
    with OutcomeLog.open(file) as log:
        assert log.verify() == [COUNTS]
        log.recount()
        assert log.verify() == []


# ---------------------------------------------------------------- two people, one call


def test_two_people_who_change_one_call_get_a_choice(
    log: OutcomeLog, open_log: Callable[..., OutcomeLog]
) -> None:
    call_id = log.add_call(call(notes="kind"))
    seen = log.call(call_id)["revision"]
    with open_log("Birch") as other:
        other.change_call(call_id, why="heard", expected_revision=seen, cause="overran")
        theirs = other.coach
    with pytest.raises(ChangedMeanwhile) as caught:
        log.change_call(call_id, why="heard too", expected_revision=seen, cause="forgot")
    assert str(caught.value) == (
        f"{theirs} changed this call on 2026-07-01 at 12:00 UTC, after you opened it; nothing was "
        "written. Different now: cause. Keep theirs, or save yours again over it."
    )
    choice = caught.value
    assert (choice.theirs, choice.yours) == ({"cause": "overran"}, {"cause": "forgot"})
    assert log.call(call_id)["cause"] == "overran"
    # Yours, chosen knowingly:
    log.change_call(call_id, why="checked", expected_revision=choice.revision, **choice.yours)
    assert log.call(call_id)["cause"] == "forgot"
    assert len(log.history(call_id)) == 3


def test_the_same_change_by_two_people_is_no_conflict(log: OutcomeLog) -> None:
    call_id = log.add_call(call())
    log.change_call(call_id, why="heard", expected_revision=1, cause="forgot")
    log.change_call(call_id, why="heard", expected_revision=1, cause="forgot")
    assert log.call(call_id)["revision"] == 2


# ---------------------------------------------------------------- taking back


def test_a_change_is_taken_back_and_done_again(log: OutcomeLog) -> None:
    call_id = log.add_call(call(employer="Acme"))
    log.change_call(call_id, why="they spoke", state="completed", missed_by=None, employer="Ace")
    assert log.undo(call_id) == "Taken back: state, missed_by, employer."
    told = log.call(call_id)
    assert (told["state"], told["missed_by"]) == ("missed", "interviewer_no_call")
    assert (told["employer"], told["revision"]) == ("Acme", 3)
    assert log.undo(call_id) == "Taken back: state, missed_by, employer."
    assert log.call(call_id)["state"] == "completed"
    assert list(log.history(call_id)["action"].unique()) == ["added", "changed", "undone"]
    assert log.verify() == []


def test_adding_is_taken_back_and_done_again(log: OutcomeLog) -> None:
    kept = log.add_call(call(interview_id="i1"))
    call_id = log.add_call(call(interview_id="i1", notes="by mistake", waited_minutes=4))
    before = log.call(call_id)
    assert log.undo(call_id) == "The call is taken out of the log again."
    assert list(log.calls()["call_id"]) == [kept]
    assert log.verify() == []
    # Another call has its number by the time it comes back.
    log.add_call(call(interview_id="i1"))
    assert log.undo(call_id) == "The call is back as it was."
    assert log.call(call_id) == {**before, "sequence": 3, "revision": 3}
    assert log.verify() == []
    assert log.dashboard(month="2026-03").missed == 3


def test_what_cannot_be_taken_back_says_why(log: OutcomeLog) -> None:
    first = log.add_call(call(interview_id="i1", employer="Acme"))
    second = log.add_call(call(interview_id="i1"))
    log.change_call(first, why="typing", employer="Ace")
    log.change_call(second, why="typing", employer="Acer")
    with pytest.raises(KitError) as caught:
        log.undo(first)
    assert str(caught.value) == (
        "The last act on this call cannot be taken back: employer was changed since through another "
        "call of the interview; change it by hand."
    )
    with pytest.raises(
        KitError, match=r"^There is no call 'call-x' in the log; nothing was changed\.$"
    ):
        log.undo("call-x")
    with pytest.raises(ChangedMeanwhile):
        log.undo(first, expected_revision=1)


# ---------------------------------------------------------------- clients


def test_what_is_kept_of_a_client(log: OutcomeLog) -> None:
    log.add_call(call())
    log.describe_client(
        "c1",
        cohort="Spring",
        tags=["nurse", " returner ", "nurse"],
        outcome="Continuing education",
        outcome_on="2026-06-30",
        player="blue-heron",
        why="she wrote",
    )
    row = log.clients().iloc[0]
    assert (row["cohort"], row["tags"], row["player"]) == (
        "Spring",
        "nurse, returner",
        "blue-heron",
    )
    assert (row["outcome"], row["outcome_on"]) == ("continuing_education", datetime(2026, 6, 30))
    log.describe_client("c1", outcome="employed", outcome_on="2026-07-01")
    done = log.history()
    assert done[done["field"] == "outcome"]["was"].iloc[-1] == "continuing_education"
    assert set(done[done["field"] == "outcome"]["client_id"]) == {"c1"}
    assert log.verify() == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (
            {"outcome": "employed"},
            "outcome_on: an outcome needs the day of which it is true.",
        ),
        (
            {"outcome": "employed", "outcome_on": NOW.date() + timedelta(days=1)},
            "outcome_on: the day of an outcome cannot lie ahead.",
        ),
        (
            {"outcome_on": "2026-03-01"},
            "outcome: a day without an outcome says nothing; give both.",
        ),
        (
            {"outcome": "emploied", "outcome_on": "2026-03-01"},
            "outcome: this is not a code of the list; did you mean 'employed'?",
        ),
        ({"outcome_on": "soon"}, "outcome_on: a day is needed, such as 2026-03-05."),
        ({"tags": [1]}, "tags: a list of words is needed."),
        ({"shoe_size": 42}, "shoe_size: there is no such field."),
        ({"cohort": "x" * 201}, "cohort: the text is too long; shorten it."),
    ],
)
def test_what_is_no_description_is_refused(
    log: OutcomeLog, fields: dict[str, Any], says: str
) -> None:
    log.add_call(call())
    with pytest.raises(EntryError) as caught:
        log.describe_client("c1", **fields)
    assert str(caught.value) == f"The client cannot be described: {says}"
    assert len(log.history()) == 1


# ---------------------------------------------------------------- what is due, and how it went on


def test_what_is_due_next(log: OutcomeLog) -> None:
    log.add_call(call(interview_id="no word"))
    log.add_call(call(interview_id="written", first_message_at="2026-03-05T14:20"))
    log.add_call(call(interview_id="spoke", reconnected_at="2026-03-05T14:40"))
    log.add_call(call(interview_id="moved", state="moved", missed_by=None))
    log.add_call(call(interview_id="went on"))
    log.add_call(
        call(
            interview_id="went on",
            scheduled_at="2026-03-06T10:00",
            state="completed",
            missed_by=None,
        )
    )
    soon = {"state": "pending", "missed_by": None, "timezone": "UTC"}
    log.add_call(call(interview_id="just begun", scheduled_at="2026-07-01T11:50", **soon))
    log.add_call(call(interview_id="past", scheduled_at="2026-07-01T11:45", **soon))
    due = log.follow_ups()
    assert dict(zip(due["interview_id"], due["due"], strict=True)) == {
        "moved": "new_time",
        "no word": "message",
        "written": "rebook",
        "past": "enter",
    }
    board = log.dashboard(month="2026-03")
    assert board.open_cases == {"message": 1, "rebook": 1, "new_time": 1}
    assert (board.to_enter, board.missed, board.held) == (1, 4, 5)
    assert (board.rescheduled, board.interviews) == (2, 5)


def test_the_story_of_a_call_in_one_line(log: OutcomeLog) -> None:
    log.add_call(call(interview_id="a", first_message_at="2026-03-05T14:20"))
    log.add_call(call(interview_id="a", scheduled_at="2026-03-06T10:00"))
    log.add_call(
        call(interview_id="a", scheduled_at="2026-03-09T10:00", state="completed", missed_by=None)
    )
    log.add_call(call(interview_id="b", reconnected_at="2026-03-05T14:30"))
    log.add_call(call(interview_id="c"))
    stories = log.stories()
    assert list(stories["story"]) == [
        "missed, message sent, rebooked, completed",
        "missed, no message, rebooked, completed",
        "missed, no message, reconnected",
        "missed, no message, open",
    ]
    assert list(log.stories("a")["interview_id"]) == ["a", "a"]


def test_imported_calls_are_chained_and_counted_as_typed_ones_are(tmp_path: Path) -> None:
    mapping = ColumnMapping.model_validate(
        {
            "time": {"timezone": "Europe/London", "date_order": "day"},
            "client": {"columns": ["Client"], "pseudonymous": True},
            "interview": {"columns": ["Employer"]},
            "columns": {
                **{"scheduled_at": "Date", "scheduled_time": "Time", "employer": "Employer"},
                **{"state": "State", "missed_by": "By", "notes": "Notes"},
            },
        }
    )
    head = "Date,Time,Client,Employer,State,By,Notes\n"
    first = "05/03/2026,14:00,c1,Acme,missed,candidate,kind\n06/03/2026,09:00,c2,Bolt,moved,,\n"
    second = "09/03/2026,14:00,c1,Acme,completed,,\n01/04/2026,00:15,c3,Acme,missed,unknown,Ünï\n"
    file = tmp_path / "outcomes.db"
    for number, rows in enumerate((first, second)):
        # The second file goes on with an interview of the first.
        source = tmp_path / f"{number}.csv"
        source.write_text(head + rows, encoding="utf-8")
        assert import_file(source, mapping, file, clock=lambda: NOW).imported == 2
        with OutcomeLog.open(file, clock=lambda: NOW) as log:
            assert log.verify() == []
    with OutcomeLog.open(file, clock=lambda: NOW) as log:
        board = log.dashboard(month="2026-03")
        assert (board.missed, board.held, board.rescheduled, board.interviews) == (1, 2, 2, 2)
        assert log.dashboard(month="2026-04").missed == 1
        assert list(log.follow_ups()["due"]) == ["new_time", "message"]
        # An imported call is changed and taken back as any other.
        call_id = str(log.calls()["call_id"].iloc[0])
        log.change_call(call_id, why="heard", notes="kinder")
        assert log.undo(call_id) == "Taken back: notes."
        assert log.undo(str(log.calls()["call_id"].iloc[1])).startswith("The call is taken out")
        assert log.verify() == []

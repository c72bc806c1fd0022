"""Workshops are kept as they happen, beside a log that may be older than they are."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from interview_coach.outcomes import OutcomeLog, database, schema
from interview_coach.outcomes.workshops import Held, MovedOn, Workshops

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "outcomes.db"


def opened(log: Path, coach: str = "me") -> Workshops:
    return Workshops.open(log, coach, clock=lambda: NOW)


def test_what_was_done_is_there_again_in_order(log: Path) -> None:
    with opened(log) as store:
        key = store.begin("first_workshop", "Spring, group B")
        assert store.add(key, 0, '{"do":"open","call":0}') == 1
        assert store.add(key, 1, '{"do":"reveal"}') == 2
    with opened(log) as store:
        assert store.changes(key) == ['{"do":"open","call":0}', '{"do":"reveal"}']
        assert store.changes(key, after=1) == ['{"do":"reveal"}']
        assert store.all() == [Held(key, "first_workshop", "Spring, group B", NOW, 2)]


def test_of_two_windows_the_second_is_told_and_writes_nothing(log: Path) -> None:
    with opened(log) as one, opened(log) as other:
        key = one.begin("first_workshop", "")
        one.add(key, 0, "{}")
        with pytest.raises(MovedOn) as caught:
            other.add(key, 0, '{"do":"reset"}')
        assert str(caught.value).startswith("Your other window has gone on in the meantime")
        assert other.changes(key) == ["{}"]
        assert other.add(key, 1, '{"do":"reset"}') == 2


def test_the_latest_comes_first_and_only_one_s_own(log: Path) -> None:
    with opened(log, "somebody else") as store:
        store.begin("first_workshop", "theirs")
    with opened(log) as store:
        store.begin("first_workshop", "earlier")
        store._clock = lambda: NOW.replace(hour=19)
        store.begin("first_workshop", "later")
        assert [one.cohort for one in store.all()] == ["later", "earlier"]


def test_a_log_of_before_there_were_workshops_just_works(log: Path) -> None:
    with OutcomeLog.open(log):
        pass
    with sqlite3.connect(log) as raw:
        raw.execute("DROP TABLE workshop_changes")
        raw.execute("DROP TABLE workshops")
    raw.close()
    with opened(log) as store:
        assert store.all() == []
        key = store.begin("first_workshop", "")
        assert store.add(key, 0, "{}") == 1
        assert len(store.all()) == 1
    with OutcomeLog.open(log) as calls:
        assert calls.calls().empty


def test_a_change_that_cannot_be_written_leaves_nothing(log: Path) -> None:
    with opened(log) as store:
        key = store.begin("first_workshop", "")
        engine = database.connect(database.location(log))
        with database.writing(engine, "the log") as connection:
            connection.execute(
                text(
                    "CREATE TRIGGER no BEFORE INSERT ON workshop_changes BEGIN "
                    "SELECT RAISE(ABORT, 'no'); END"
                )
            )
        engine.dispose()
        with pytest.raises(Exception, match=r"meantime|did not accept"):
            store.add(key, 0, "{}")
        assert store.changes(key) == []


def test_no_column_could_hold_who_voted() -> None:
    names = {c.name for table in (schema.workshops, schema.workshop_changes) for c in table.c}
    assert names == {"workshop_id", "coach", "deck", "cohort", "begun_at", "number", "at", "change"}

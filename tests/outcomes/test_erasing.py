"""Erasing a client: no word of theirs is left in any file, what counts is, and the chain verifies."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.errors import KitError
from interview_coach.outcomes import ColumnMapping, OutcomeLog, import_file
from interview_coach.outcomes.attempts import Attempts
from tests.outcomes import entries

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
# Everything that is said of the client, and nowhere else.
WORDS = (b"Amara", b"amara@", b"zq-", b"heron")


def call(**fields: Any) -> dict[str, Any]:
    return entries.call(**{"client_id": "Amara O.", **fields})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "outcomes.db"
    with OutcomeLog.open(file, clock=lambda: NOW) as log:
        first = log.add_call(
            call(interview_id="i1", notes="zq-note", employer="Acme", cohort="Spring")
        )
        log.change_call(first, why="zq-why", notes="zq-note, twice", cause="overran")
        moved = {"state": "moved", "missed_by": None, "reason": "zq-reason"}
        log.add_call(call(interview_id="i2", date_doubt="zq-doubt", **moved))
        gone = log.add_call(call(interview_id="i3", notes="zq-taken-out"))
        log.undo(gone, why="zq-undo")
        log.describe_client(
            "Amara O.",
            name="Amara Okafor",
            contact="amara@example.org",
            player="heron",
            tags=["zq-tag"],
            outcome="employed",
            outcome_on="2026-06-01",
        )
        log.add_call(call(client_id="c2", interview_id="j1", notes="kept words"))
        log.backup()
    with Attempts.open(file, "heron", clock=lambda: NOW) as attempts:
        begun = attempts.begin(
            scenario="silent_phone",
            level="calm",
            seed=1,
            playbook="x",
            minute=0,
            messages=[{"text": "zq-draft"}],
        )
        assert begun.player == "heron"
    return file


@pytest.fixture
def log(file: Path) -> Iterator[OutcomeLog]:
    with OutcomeLog.open(file, clock=lambda: NOW + timedelta(hours=2)) as log:
        yield log


def left_in(folder: Path) -> set[tuple[str, bytes]]:
    return {
        (str(one.relative_to(folder)), word)
        for one in folder.rglob("*")
        if one.is_file()
        for word in WORDS
        if word in one.read_bytes()
    }


def test_no_word_is_left_and_what_counts_is(log: OutcomeLog, file: Path) -> None:
    # A journal with pages of before, and two backups: one of before the last opening.
    assert len({name for name, _ in left_in(file.parent)}) >= 3
    before = log.dashboard(month="2026-03")
    frame = log.calls()
    done = log.erase("Amara O.")
    assert left_in(file.parent) == set()
    assert (done.clients, done.calls, done.backups, done.traceless) == (1, 2, 2, True)
    assert log.dashboard(month="2026-03") == before
    counted = ["call_id", "interview_id", "state", "cause", "employer", "cohort", "scheduled_at"]
    assert log.calls()[counted].equals(frame[counted])
    assert set(log.calls()["notes"].dropna()) == {"kept words"}
    assert set(log.calls()["date_doubt"].dropna()) == {"erased"}
    people = log.clients().set_index("client_id")
    assert list(people["outcome"].dropna()) == ["employed"]
    assert people["name"].isna().all()
    (pseudonym,) = set(people.index) - {"c2"}
    assert str(pseudonym).startswith("erased-")
    assert log.verify() == []
    assert list(log.history()["action"].unique())[-1] == "erased"


def test_backups_verify_after_an_erasure_as_well(log: OutcomeLog, file: Path) -> None:
    log.erase("Amara O.")
    for backup in sorted((file.parent / "outcomes-backups").glob("*.db")):
        with OutcomeLog.open(backup) as other:
            assert other.verify() == []
            assert len(other.calls()) == 3


def test_damage_is_still_found_after_an_erasure(log: OutcomeLog) -> None:
    log.erase("Amara O.")
    with log.transaction() as connection:
        connection.exec_driver_sql("UPDATE calls SET cause = 'forgot' WHERE cause = 'overran'")
    (says,) = log.verify()
    assert says.endswith(" is not what was logged.")


def test_what_is_said_of_it(log: OutcomeLog) -> None:
    assert log.erase("Amara O.").summary() == (
        "Erased 1 client: name, contact, notes and all free text are gone. 2 calls of theirs still "
        "count, under a pseudonym that says nothing.\n"
        "The same was done in 2 backups."
    )
    with pytest.raises(KitError) as caught:
        log.erase("Amara O.")
    assert str(caught.value) == ("There is no such client in the log; log a call of theirs first.")


def test_copies_that_cannot_be_opened_are_named(log: OutcomeLog, file: Path) -> None:
    (file.parent / "outcomes.db.replaced-20260101T000000000000Z").write_text("broken " * 999)
    (file.parent / "outcomes.db.version-1.bak").write_text("Amara")
    done = log.erase("Amara O.")
    assert done.left == ("outcomes.db.replaced-20260101T000000000000Z",)
    assert done.deleted == ("outcomes.db.version-1.bak",)
    assert "could not be opened, delete them: outcomes.db.replaced-" in done.summary()
    assert left_in(file.parent) == set()


def test_a_file_that_is_imported_again_brings_no_word_back(tmp_path: Path) -> None:
    mapping = ColumnMapping.model_validate(
        {
            "time": {"timezone": "Europe/London", "date_order": "day"},
            "client": {"columns": ["Client"]},
            "columns": {"scheduled_at": "Date", "scheduled_time": "Time", "notes": "Notes"},
        }
    )
    source = tmp_path / "calls.csv"
    source.write_text("Date,Time,Client,Notes\n05/03/2026,14:00,Amara Okafor,zq-note\n")
    folder = tmp_path / "log"
    folder.mkdir()
    file = folder / "outcomes.db"
    import_file(source, mapping, file, clock=lambda: NOW)
    with OutcomeLog.open(file, clock=lambda: NOW) as log:
        log.erase(str(log.clients()["client_id"].iloc[0]))
    again = import_file(source, mapping, file, clock=lambda: NOW)
    assert (again.imported, again.already_there, again.rejected) == (0, 1, 0)
    assert left_in(folder) == set()


# ---------------------------------------------------------------- how long words are kept


def test_words_are_kept_as_long_as_the_rule_says(log: OutcomeLog, file: Path) -> None:
    log.add_call(call(client_id="c2", scheduled_at="2026-06-30T10:00"))
    assert log.erase_older(4).clients == 0
    assert log.erase_older(3).clients == 1
    assert left_in(file.parent) == set()
    assert log.erase_older(3).clients == 0
    assert "c2" in set(log.clients()["client_id"])


@pytest.mark.parametrize("months", [0, -1, True, 1.5, 5000])
def test_a_rule_that_is_none(log: OutcomeLog, months: Any) -> None:
    with pytest.raises(KitError) as caught:
        log.erase_older(months)
    assert str(caught.value) == ("How long to keep is a whole number of months from 1, such as 24.")


def test_erasing_from_a_terminal(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["erase", "--log", str(file), "--house", str(tmp_path / "coach.toml")]
    for given, says in (
        ([], "Say whom to erase: name one CLIENT, or give --by-retention."),
        (
            ["--by-retention"],
            "coach.toml has no rule to follow; put retention_months = 24 under [log] there.",
        ),
        (
            ["Amara O."],
            "Names and words of this client cannot be brought back. Erase them? Nobody is here to say "
            "so; add --yes if that is meant.",
        ),
    ):
        assert main([*base, *given]) == 2
        assert capsys.readouterr().err == f"interview-coach: {says}\n"
    (tmp_path / "coach.toml").write_text("[log]\nretention_months = 'many'\n")
    assert main([*base, "--by-retention"]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: coach.toml: [log] retention_months must be a whole number of months from 1, "
        "such as 24.\n"
    )
    (tmp_path / "coach.toml").write_text("log = []\n")
    assert main([*base, "--by-retention"]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: coach.toml: log is to be a table; write [log] on a line of its own, and what "
        "belongs to it below.\n"
    )
    (tmp_path / "coach.toml").write_text("[log]\nretention_months = 1\n")
    assert main([*base, "--by-retention", "--yes"]) == 0
    assert capsys.readouterr().out.startswith("Erased 2 clients: name, contact, notes")
    assert left_in(file.parent) == set()


def test_when_a_call_was_booked_names_nobody_and_stays(log: OutcomeLog) -> None:
    log.add_call(call(client_id="c9", interview_id="k1", booked_at="2026-03-01T10:00"))
    log.erase("c9")
    assert list(log.calls()["booked_at"].dropna()) == [datetime(2026, 3, 1, 10, tzinfo=UTC)]
    assert log.verify() == []

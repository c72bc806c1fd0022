"""The importer's promises: every row accounted for, nothing half-written, nothing counted twice."""

import csv
import io
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.outcomes import (
    ColumnMapping,
    MappingError,
    OutcomeLog,
    calls_of,
    import_file,
    load_mapping,
    sample_calls,
)
from interview_coach.outcomes.frames import CALLS
from interview_coach.outcomes.importing import bulk
from interview_coach.shipped import shipped

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SPEC: dict[str, Any] = {
    "time": {"timezone": "Europe/London", "date_order": "day", "start_time": "09:00"},
    "client": {"columns": ["Client"], "pseudonymous": True},
    "interview": {"columns": ["Employer"]},
    "columns": {"scheduled_at": "Date", "employer": "Employer", "state": "Outcome"},
    "values": {"state": {"came": "completed", "no show": "missed"}},
    "when_state": {"missed": {"missed_by": "candidate"}},
}
HEAD = "Date,Client,Employer,Outcome\n"


@pytest.fixture
def bring(tmp_path: Path) -> Callable[..., Any]:
    def run(rows: str, **changes: Any) -> Any:
        file = tmp_path / "calls.csv"
        file.write_text(HEAD + rows, encoding="utf-8")
        options = {
            key: changes.pop(key) for key in ("dry_run", "rejects", "coach") if key in changes
        }
        spec = ColumnMapping.model_validate({**SPEC, **changes})
        return import_file(file, spec, tmp_path / "log.db", clock=lambda: NOW, **options)

    return run


def calls(folder: Path) -> pd.DataFrame:
    with OutcomeLog.open(folder / "log.db") as log:
        return log.calls()


def test_the_real_file_is_all_there(attendance: Path, tmp_path: Path) -> None:
    spec = shipped("data") / "mappings" / "interview_attendance.toml"
    result = import_file(attendance, spec, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.rows, result.imported, result.rejected, result.doubtful) == (1233, 1233, 0, 7)
    found = calls(tmp_path)
    # The figure that the file's publisher gives.
    assert found["state"].value_counts().to_dict() == {"completed": 783, "missed": 450}
    assert set(found["missed_by"].dropna()) == {"candidate"}
    assert set(found["channel"]) == {"in_person"}
    assert found["client_id"].nunique() == 1233
    years = found["scheduled_at"].dt.year
    assert list(years[found["date_doubt"].notna()]) == list(range(2017, 2024))
    assert years[found["date_doubt"].isna()].max() == 2016
    again = import_file(attendance, spec, tmp_path / "log.db", clock=lambda: NOW)
    assert (again.imported, again.already_there, again.rejected) == (0, 1233, 0)
    assert len(calls(tmp_path)) == 1233


def test_the_sample_file_imports_as_the_sample_frame(tmp_path: Path) -> None:
    data = shipped("data")
    result = import_file(
        data / "sample_outcomes.csv",
        data / "mappings" / "sample_outcomes.toml",
        tmp_path / "log.db",
        clock=lambda: NOW,
    )
    assert (result.imported, result.rejected) == (result.rows, 0)
    order = ["client_id", "scheduled_at", "sequence", "employer"]
    left, right = (
        frame.sort_values(order, ignore_index=True).drop(columns=["call_id", "interview_id"])
        for frame in (sample_calls(), calls(tmp_path)[list(CALLS)])
    )
    pd.testing.assert_frame_equal(left, right)


def test_running_a_file_twice_adds_nothing(bring: Callable[..., Any], tmp_path: Path) -> None:
    rows = "05.03.2026,c1,Acme,came\n05.03.2026,c1,Acme,came\n"
    first = bring(rows)
    # Two rows that say the same are two calls: nobody knows better than the file.
    assert (first.imported, first.already_there) == (2, 0)
    assert list(calls(tmp_path)["sequence"]) == [1, 2]
    again = bring(rows + "06.03.2026,c1,Acme,no show\n")
    assert (again.rows, again.imported, again.already_there) == (3, 1, 2)
    assert list(calls(tmp_path)["sequence"]) == [1, 2, 3]
    assert again.summary().splitlines()[:2] == [
        "1 of 3 rows of calls.csv were imported.",
        "2 are in the log already, from an earlier import.",
    ]


def test_a_row_that_changed_since_is_listed_not_doubled(
    bring: Callable[..., Any], tmp_path: Path
) -> None:
    bring("05.03.2026,c1,Acme,came\n")
    result = bring("05.03.2026,c1,Acme,no show\n")
    assert (result.imported, result.already_there, result.rejected) == (0, 0, 1)
    assert "an earlier import brought this call with other values" in result.summary()
    assert list(calls(tmp_path)["state"]) == ["completed"]


def test_calls_of_an_interview_are_numbered_by_their_start(
    bring: Callable[..., Any], tmp_path: Path
) -> None:
    bring("09.03.2026,c1,Acme,came\n05.03.2026,c1,Acme,no show\n05.03.2026,c1,Other,came\n")
    found = calls(tmp_path)
    acme = found[found["employer"] == "Acme"].sort_values("sequence")
    assert list(acme["state"]) == ["missed", "completed"]
    assert acme["interview_id"].nunique() == 1


def test_an_interview_that_contradicts_itself_is_listed(bring: Callable[..., Any]) -> None:
    result = bring(
        "05.03.2026,c1,Acme,came\n06.03.2026,c1,Other,came\n", interview={"columns": ["Client"]}
    )
    assert (result.imported, result.rejected) == (1, 1)
    assert "employer: the same interview has another one on line 2" in result.summary()


def test_names_become_pseudonyms_that_stay_the_same(
    bring: Callable[..., Any], tmp_path: Path
) -> None:
    named = {"client": {"columns": ["Client"]}}
    bring("05.03.2026,Amara  Nwosu,Acme,came\n", **named)
    bring("05.04.2026,amara nwosu,Other,came\n", **named)
    found = calls(tmp_path)
    assert found["client_id"].nunique() == 1
    assert "mara" not in found.to_csv()
    with OutcomeLog.open(tmp_path / "log.db") as log:
        assert list(log.clients()["name"]) == ["Amara Nwosu"]


def test_a_default_start_is_said(bring: Callable[..., Any], tmp_path: Path) -> None:
    result = bring("05.06.2026,c1,Acme,came\n06.06.2026 14:00,c1,Acme,came\n")
    assert result.notes == [
        "1 row has only a date: 09:00 (Europe/London) was taken as the start, as the mapping says."
    ]
    assert list(calls(tmp_path)["scheduled_at"].dt.hour) == [8, 13]


def test_a_dry_run_writes_nothing(bring: Callable[..., Any], tmp_path: Path) -> None:
    result = bring("05.03.2026,c1,Acme,came\nsoon,c1,Acme,came\n", dry_run=True)
    assert (result.imported, result.rejected, result.rejects_path) == (1, 1, None)
    assert result.summary().splitlines()[:2] == [
        "1 of 2 rows of calls.csv would be imported.",
        "1 would not be.",
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["calls.csv"]
    bring("05.03.2026,c1,Acme,came\n")
    assert bring("05.03.2026,c1,Acme,came\n", dry_run=True).already_there == 1


def test_a_rejects_file_that_cannot_be_written_stops_the_import(
    bring: Callable[..., Any], tmp_path: Path
) -> None:
    with pytest.raises(KitError, match=r"cannot be written .*nothing was imported"):
        bring("05.03.2026,c1,Acme,came\nsoon,c1,Acme,came\n", rejects=tmp_path / "no" / "r.csv")
    assert calls(tmp_path).empty
    with pytest.raises(KitError, match="cannot be the imported file itself"):
        bring("05.03.2026,c1,Acme,came\n", rejects=tmp_path / "calls.csv")


def test_an_earlier_rejects_file_is_kept(bring: Callable[..., Any], tmp_path: Path) -> None:
    assert bring("soon,c1,Acme,came\n").rejects_path == tmp_path / "calls.rejects.csv"
    assert bring("soon,c1,Acme,came\n").rejects_path == tmp_path / "calls.2.rejects.csv"


def test_a_mended_rejects_file_imports_with_the_same_mapping(
    bring: Callable[..., Any], tmp_path: Path
) -> None:
    result = bring("05.03.2026,c1,Acme,came\nsoon,c1,Acme,came\n")
    mended = result.rejects_path.read_text("utf-8-sig").replace("soon", "06.03.2026")
    result.rejects_path.write_text(mended, encoding="utf-8-sig")
    spec = ColumnMapping.model_validate(SPEC)
    again = import_file(result.rejects_path, spec, tmp_path / "log.db", clock=lambda: NOW)
    assert (again.rows, again.imported) == (1, 1)


def test_a_crash_in_the_middle_leaves_nothing(
    bring: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 2)
    broken = KeyboardInterrupt("pulled the plug")

    def crash(done: int, of: int) -> None:
        if done >= 4:
            raise broken

    file = tmp_path / "calls.csv"
    file.write_text(
        HEAD + "soon,c,A,came\n" + "".join(f"05.03.2026,c{n},A,came\n" for n in range(9))
    )
    with pytest.raises(KeyboardInterrupt):
        import_file(
            file,
            ColumnMapping.model_validate(SPEC),
            tmp_path / "log.db",
            clock=lambda: NOW,
            progress=lambda words, done, of: (
                crash(done, of) if words == "Writing the log" else None
            ),
        )
    assert calls(tmp_path).empty
    with sqlite3.connect(tmp_path / "log.db") as raw:
        assert [
            raw.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("writes", "clients")
        ] == [0, 0]
    raw.close()
    assert not list(tmp_path.glob("*.rejects.csv"))


def test_an_import_stands_in_the_history_of_its_calls(
    bring: Callable[..., Any], tmp_path: Path
) -> None:
    bring("05.03.2026,c1,Acme,came\nsoon,c1,Acme,came\n", coach="Ash")
    with OutcomeLog.open(tmp_path / "log.db") as log:
        done = log.history(log.calls()["call_id"][0]).iloc[0]
    assert (done["action"], done["by"], done["why"]) == (
        "imported",
        "Ash",
        "calls.csv: 1 of 2 rows",
    )


def test_progress_is_told_with_words(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "c.csv").write_text(HEAD + "05.03.2026,c1,Acme,came\n")
    import_file(
        tmp_path / "c.csv",
        ColumnMapping.model_validate(SPEC),
        tmp_path / "log.db",
        progress=lambda words, done, of: told.append(words),
    )
    assert list(dict.fromkeys(told)) == ["Reading the file", "Checking the rows", "Writing the log"]


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "NA",
            "05.03.2026",
            "2026-03-29 01:30",
            "31.02.2026",
            "c1",
            "c2",
            "Acme",
            "came",
            "no show",
        ]
    ),
    st.text(st.characters(codec="utf-8"), max_size=12),
)
TABLES = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["05.03.2026", "6/3/26", "07.03.2026 & 9.30 AM", "soon", ""]),
            st.sampled_from(["c1", "c2", "c3", ""]),
            st.sampled_from(["Acme", "=cmd", "Other"]),
            st.sampled_from(["came", "NO SHOW ", "moved", "?"]),
        ).map(list),
        st.lists(CELLS, max_size=6),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(
    TABLES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_any_file_is_accounted_for(table: list[list[str]], end: str, encoding: str) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        text = io.StringIO(newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=end)
        writer.writerow(HEAD.strip().split(","))
        writer.writerows(table)
        (folder / "calls.csv").write_bytes(text.getvalue().encode(encoding))
        spec = ColumnMapping.model_validate(SPEC)
        rows = sum(1 for row in table if row)
        first = import_file(folder / "calls.csv", spec, folder / "log.db", clock=lambda: NOW)
        assert first.rows == rows
        assert first.imported + first.rejected == rows
        assert first.already_there == 0
        assert len(calls(folder)) == first.imported
        listed = 0
        if first.rejects_path is not None:
            with first.rejects_path.open(encoding="utf-8-sig", newline="") as file:
                listed = sum(1 for _ in csv.reader(file)) - 1
        assert listed == first.rejected
        again = import_file(folder / "calls.csv", spec, folder / "log.db", clock=lambda: NOW)
        assert (again.imported, again.already_there) == (0, first.imported)
        assert len(calls(folder)) == first.imported


def test_a_mapping_tells_all_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text(
        """
        [time]
        timezone = "Europe/Lundon"
        start_time = "noonish"
        [client]
        columns = ["Name"]
        [columns]
        sceduled_at = "Date"
        [values.state]
        yes = "completd"
        [constants]
        channel = "telepathy"
        [when_state.missed]
        missed_by = "candidat"
        """
    )
    with pytest.raises(MappingError) as caught:
        load_mapping(file)
    assert str(caught.value).splitlines() == [
        "The mapping has 7 faults:",
        "- m.toml, [columns], sceduled_at: there is no such field here; did you mean 'scheduled_at' or "
        "'scheduled_time'.",
        "- m.toml, [constants], channel: 'telepathy' is no code of channel; use one of phone, video, "
        "in_person.",
        "- m.toml, [values], state: no column fills it; add it to [columns], or remove it.",
        "- m.toml, [when_state.missed], missed_by: 'candidat' is no code of missed_by; did you mean "
        "'candidate'.",
        "- m.toml, [columns], scheduled_at: it is missing; name the column of the date.",
        "- m.toml, [time], timezone: there is no time zone called 'Europe/Lundon'; did you mean "
        "'Europe/London'.",
        '- m.toml, [time], start_time: it is no time of day; write it as "09:00".',
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[client", r"^The mapping m\.toml is not TOML: "),
        ("x = 1", r"x: there is no such field; "),
        ("[columns]\nscheduled_at='d'", r"client: it is missing; add it\."),
    ],
)
def test_a_mapping_that_is_none(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(KitError, match=says):
        load_mapping(tmp_path / "m.toml")
    with pytest.raises(
        KitError, match=r"^There is no mapping .*; look at the name and the folder\.$"
    ):
        load_mapping(tmp_path / "n.toml")


def test_the_calls_of_a_log_or_of_the_sample(
    bring: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found, says = calls_of()
    assert found["synthetic"].all()
    assert says.startswith("Synthetic sample data: ")
    with pytest.raises(KitError, match=r"^There is no outcome log nowhere\.db; "):
        calls_of("nowhere.db")
    assert not (tmp_path / "nowhere.db").exists()
    bring("05.03.2026,c1,Acme,came\n")
    assert calls_of(f"sqlite:///{tmp_path}/log.db")[1] == "1 call from log.db."


BOOKED = {
    "a moment": ("01.03.2026 10:30", "2026-03-01T10:30Z"),
    "of the very start": ("05.03.2026 09:00", "2026-03-05T09:00Z"),
    "with an offset": ("2026-03-01T10:30:00+02:00", "2026-03-01T08:30Z"),
    "a day, of which the first moment is taken": ("01.03.2026", "2026-03-01T00:00Z"),
    "the day of the call": ("05.03.2026", "2026-03-05T00:00Z"),
    "nothing": ("n/a", None),
}
HEAD_BOOKED = "Date,Client,Employer,Outcome,Booked on\n"
BOOKING = {**SPEC, "columns": {**SPEC["columns"], "booked_at": "Booked on"}}


def bring_booked(folder: Path, *rows: str, spec: dict[str, Any] = BOOKING) -> Any:
    file = folder / "calls.csv"
    file.write_text(HEAD_BOOKED + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    mapping = ColumnMapping.model_validate(spec)
    return import_file(file, mapping, folder / "log.db", clock=lambda: NOW)


@pytest.mark.parametrize("name", BOOKED)
def test_when_a_call_was_booked(name: str, tmp_path: Path) -> None:
    cell, booked = BOOKED[name]
    result = bring_booked(tmp_path, f"05.03.2026,c1,Acme,came,{cell}")
    assert (result.imported, result.rejected) == (1, 0)
    (found,) = calls(tmp_path)["booked_at"]
    assert pd.isna(found) if booked is None else found == pd.Timestamp(booked)


def test_the_first_moment_of_a_day_without_a_midnight(tmp_path: Path) -> None:
    cairo = {**BOOKING, "time": {**SPEC["time"], "timezone": "Africa/Cairo"}}
    # On 24 April 2026 the clocks of Cairo go from 23:59 to 1:00 (UTC+3).
    bring_booked(tmp_path, "05.05.2026,c1,Acme,came,24.04.2026", spec=cairo)
    assert list(calls(tmp_path)["booked_at"]) == [pd.Timestamp("2026-04-23T22:00Z")]


def test_a_booking_after_the_start_is_left_empty_and_told(tmp_path: Path) -> None:
    result = bring_booked(tmp_path, "05.03.2026,c1,Acme,came,05.03.2026 09:01")
    assert result.notes[-1] == (
        "1 row says it was booked after the agreed start, which cannot be; when it was booked is left "
        "empty."
    )
    again = bring_booked(
        tmp_path, *(f"05.03.2026,c{n},Acme,came,06.03.2026" for n in (2, 3)), "5.3.2026,c4,A,came,x"
    )
    assert (again.imported, again.rejected) == (2, 1)
    assert (
        "2 rows say they were booked after the agreed start, which cannot be; when they were booked is "
        "left empty." in again.notes
    )
    assert any("Booked on: 'x'" in note for note in again.notes)
    assert calls(tmp_path)["booked_at"].isna().all()


def test_what_was_imported_before_the_log_knew_of_bookings_is_known(tmp_path: Path) -> None:
    row = "05.03.2026,c1,Acme,came,"
    bring_booked(tmp_path, f"{row}01.03.2026", spec=SPEC)
    assert bring_booked(tmp_path, f"{row}01.03.2026").already_there == 1
    bring_booked(tmp_path, "06.03.2026,c2,Acme,came,01.03.2026")
    changed = bring_booked(tmp_path, "06.03.2026,c2,Acme,came,02.03.2026")
    assert (changed.already_there, changed.rejected) == (0, 1)
    assert "an earlier import brought this call with other values" in changed.summary()

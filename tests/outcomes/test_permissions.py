"""Whatever the kit writes about clients, only its owner can read: whatever the machine would allow."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_coach.outcomes import ColumnMapping, OutcomeLog, doctor, import_file
from interview_coach.outcomes.exporting import export_calls
from interview_coach.outcomes.importing.mapping_file import save_mapping

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
ROWS = "Date,Client,Outcome\n2026-03-05 14:00,Zoe Example,completed\nsoon,Ben Example,completed\n"
MAPPING = ColumnMapping.model_validate(
    {
        "time": {"timezone": "Europe/London"},
        "client": {"columns": ["Client"]},
        "columns": {"scheduled_at": "Date", "state": "Outcome"},
    }
)


@pytest.fixture(autouse=True)
def _everybody_may_read() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_every_file_is_its_owners_only(tmp_path: Path) -> None:
    given = tmp_path / "calls.csv"
    given.write_text(ROWS)
    file = tmp_path / "log" / "outcomes.db"
    file.parent.mkdir()
    import_file(given, MAPPING, file, rejects=file.parent / "rejects.csv", clock=lambda: NOW)
    save_mapping(MAPPING, file.parent / "mapping.toml")
    modes: dict[str, int] = {}

    def look() -> None:
        for one in file.parent.rglob("*"):
            if one.is_file():
                modes[one.relative_to(file.parent).as_posix()] = stat.S_IMODE(one.stat().st_mode)

    with OutcomeLog.open(file, clock=lambda: NOW) as log:
        log.backup()
        for suffix in ("csv", "tsv", "xlsx", "parquet"):
            export_calls(log.calls(), file.parent / f"export.{suffix}")
        look()
    doctor.restore(file, "newest", NOW, agreed=True)
    look()
    stamp = "20260701T120000000000Z"
    assert set(modes) == {
        *("outcomes.db", "outcomes.db-wal", "outcomes.db-shm", f"outcomes.db.replaced-{stamp}"),
        *(f"outcomes-backups/outcomes-{stamp}.db", "outcomes-backups/seal.json"),
        *("rejects.csv", "mapping.toml"),
        *("export.csv", "export.tsv", "export.xlsx", "export.parquet"),
    }
    assert {name: mode for name, mode in modes.items() if mode != 0o600} == {}
    assert stat.S_IMODE((file.parent / "outcomes-backups").stat().st_mode) == 0o700

"""docs/comparing.md says what the data say."""

import tomllib
from pathlib import Path
from typing import Any

from interview_coach.comparing import Assumptions, overlaid
from interview_coach.comparing.reading import load_policies
from interview_coach.playbook import Playbook
from interview_coach.playbook.loader import DATA

PAGE = Path(__file__).parents[2] / "docs" / "comparing.md"


def table() -> str:
    data: dict[str, Any] = tomllib.loads((DATA / "assumptions.toml").read_text(encoding="utf-8"))
    lines = [
        "| name | what it is | unit | value | range | source |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for key, one in data["day"].items():
        low, high = one["times"]
        lines.append(
            f"| `CAUSE.{key}` | {one['says']} | {one['unit']} | the scenario's | "
            f"times {low} to {high} | {one['source']} |"
        )
    for key, one in data["later"].items():
        low, high = one["range"]
        lines.append(
            f"| `later.{key}` | {one['says']} | {one['unit']} | {one['value']} | "
            f"{low} to {high} | {one['source']} |"
        )
    return "\n".join(lines)


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return [part.partition("```")[0] for part in text.split(f"```{language}\n")[1:]]


def test_the_table_of_assumptions_is_the_data() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), table()


def test_the_files_that_it_shows_can_be_used(
    silent: Assumptions, playbook: Playbook, tmp_path: Path
) -> None:
    values, policy = blocks("toml")
    (tmp_path / "mine.toml").write_text(values)
    assert overlaid(silent, tmp_path / "mine.toml").values["later.accept"] == 0.5
    (tmp_path / "way.toml").write_text(policy)
    assert list(load_policies(playbook, silent.base, tmp_path / "way.toml")) == ["mine"]

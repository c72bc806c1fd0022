"""The chart of skills: its title agrees with its numbers, its points are where they should be."""

import numpy as np
import pandas as pd
import pytest

from interview_coach.charts.skills import skills_over_attempts

HEAD = ["attempt", "label", "skill", "got", "of"]


def frame(*rows: tuple[int, str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(number, f"{number} March", skill, got, of) for number, skill, got, of in rows],
        columns=HEAD,
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "No calls practised yet"),
        ([(1, "timing", 0.5, 2), (1, "message", 1, 1)], "One call so far: 1 of 2 skills in full"),
        (
            [(1, "timing", 1, 2), (1, "message", 1, 1), (2, "timing", 0.5, 2)],
            "Timing has the most room: 1.5 of 4 points in your last 2 calls",
        ),
        (
            [(n, skill, 1, 1) for n in (1, 2, 3) for skill in ("timing", "message")],
            "Every skill holds: at least 100% of the points in your last 3 calls",
        ),
        # Harm takes a skill below nothing; nobody is shown less than none.
        (
            [(1, "courtesy", -1, 1), (2, "courtesy", -1, 1), (2, "timing", 2, 2)],
            "Courtesy has the most room: 0 of 2 points in your last 2 calls",
        ),
        # What the table shows is what is summed: harm in one call takes nothing from another.
        (
            [(1, "courtesy", 1, 1), (2, "courtesy", -1, 1), (2, "timing", 2, 2)],
            "Courtesy has the most room: 1 of 2 points in your last 2 calls",
        ),
        # Only the last five calls count: of the six, the first was poor.
        (
            [(1, "timing", 0, 2), *((n, "timing", 2, 2) for n in range(2, 7))],
            "Every skill holds: at least 100% of the points in your last 5 calls",
        ),
    ],
)
def test_the_title_is_the_finding(rows: list[tuple[int, str, float, float]], title: str) -> None:
    chart = skills_over_attempts(frame(*rows))
    assert chart.title == title
    assert chart.title in chart.alt


def test_each_skill_has_a_strip_with_a_point_for_each_call() -> None:
    chart = skills_over_attempts(
        frame((1, "timing", 1, 2), (3, "timing", 2, 2), (2, "message", -1, 1), (3, "message", 1, 1))
    )
    for figure in (chart.figure, chart.narrow):
        strips = {axes.get_gid(): axes for axes in figure.axes}
        assert list(strips) == ["timing", "message"]
        drawn = {
            name: np.asarray(
                next(line for line in axes.lines if line.get_gid() == "calls").get_xydata()
            )
            for name, axes in strips.items()
        }
        assert drawn["timing"].tolist() == [[1, 0.5], [3, 1.0]]
        assert drawn["message"].tolist() == [[2, 0.0], [3, 1.0]]


def test_the_alt_text_and_the_table_hold_the_numbers() -> None:
    chart = skills_over_attempts(frame((1, "timing", 1.6, 2), (2, "message", 1, 1)))
    assert "Timing: 1.6 of 2 in call 1" in chart.alt
    assert "Message: 1 of 1 in call 2" in chart.alt
    assert chart.data.columns.to_list() == ["Call", "Timing", "Message"]
    assert chart.data.iloc[0].to_list() == ["1. 1 March", "1.6 of 2", ""]
    assert "a difference of a point or two between calls is ordinary" in chart.caption


def test_a_name_with_markup_or_a_dollar_sign_is_only_a_name() -> None:
    chart = skills_over_attempts(frame((1, "<b>$timing$", 1, 2)))
    assert "<b>" not in chart.html()

"""What holds for every chart: it saves, its words stay words, it is labelled, it is never broken."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.charts import (
    Chart,
    association_chart,
    causes_chart,
    comparison_chart,
    curve_chart,
    funnel_chart,
    pattern_chart,
    policies_chart,
    rate_by_group,
    rate_by_month,
    small_multiples,
    tornado_chart,
    winners_chart,
)
from interview_coach.charts.skills import skills_over_attempts
from interview_coach.measures import (
    funnel,
    missed_call_rate,
    ordinary_noise,
    time_to_reconnection,
)
from interview_coach.outcomes import calls_of
from tests.charts.reading import pairs, rates, texts, texts_overlap
from tests.charts.test_policies import ACROSS, BUYS, SWINGS, UP, WINNER

CALLS, _ = calls_of(None)
HOURS = {f"{hour:02}": (3 + hour, 60 + hour) for hour in range(9, 18)}


def by_coach() -> pd.DataFrame:
    frame = missed_call_rate(CALLS, ["coach", "month"])
    return pd.concat([ordinary_noise(rows) for _, rows in frame.groupby("coach")])


EVERY: dict[str, Callable[..., Chart]] = {
    "by group": partial(rate_by_group, ordinary_noise(missed_call_rate(CALLS, "employer_type"))),
    "by month": partial(rate_by_month, ordinary_noise(missed_call_rate(CALLS, "month"))),
    "causes": partial(causes_chart, missed_call_rate(CALLS, "cause")),
    "funnel": partial(funnel_chart, funnel(CALLS)),
    "curve": partial(curve_chart, time_to_reconnection(CALLS, "cohort")),
    "hours": partial(pattern_chart, ordinary_noise(rates(HOURS)), kind="hour"),
    "association": partial(association_chart, rates({"under half": (9, 42), "more": (20, 42)})),
    "multiples": partial(small_multiples, by_coach(), by="coach"),
    "comparison": partial(
        comparison_chart,
        pairs(("Missed calls", 60, 240, 80, 230), ("Moved", 9, 60, 12, 55)),
        first="Q2",
        second="Q1",
    ),
    "policies": partial(policies_chart, BUYS, title="2 of 3 policies are alike", within=7),
    "tornado": partial(
        tornado_chart, SWINGS, title="1 of 2 assumptions could", axis="F4 minus F1", unit="points"
    ),
    "map": partial(winners_chart, WINNER, ACROSS, UP, first="F1", second="F4"),
}


@pytest.fixture(params=EVERY)
def make(request: pytest.FixtureRequest) -> Callable[..., Chart]:
    return EVERY[request.param]


def test_each_is_saved_as_svg_png_and_pdf_and_its_text_stays_text(
    make: Callable[..., Chart], tmp_path: Path
) -> None:
    chart = make(synthetic=True)
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
    for kind, begin in begins.items():
        assert chart.save(tmp_path / f"chart.{kind}").read_bytes().startswith(begin)
    svg = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    written = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert {"Synthetic data", *texts(chart.figure)} - {""} <= set(written)
    first = chart.title.split()[:2]
    assert any(line.split()[:2] == first for line in written), "the title is there"


def test_the_same_frame_gives_the_same_picture(make: Callable[..., Chart]) -> None:
    assert make().html() == make().html()


def test_both_widths_are_labelled_and_nothing_overlaps(make: Callable[..., Chart]) -> None:
    chart = make(synthetic=True)
    assert "Synthetic data" in texts(chart.figure) and "Synthetic data" in texts(chart.narrow)
    assert "Synthetic data." in chart.alt
    assert texts_overlap(chart) == []
    plain = make()
    assert "Synthetic data" not in [*texts(plain.figure), plain.alt]


def test_alt_text_has_every_count_of_the_figure(make: Callable[..., Chart]) -> None:
    chart = make()
    for figure in (chart.figure, chart.narrow):
        counts = re.findall(r"\d[\d,]*(?: of |/)[\d,]*\d", " ".join(texts(figure)))
        assert counts or "curve" in chart.alt
        for count in counts:
            assert count.replace("/", " of ") in chart.alt


def test_marks_of_one_figure_differ_in_more_than_colour(make: Callable[..., Chart]) -> None:
    figure = make().figure
    looks: dict[Any, set[str]] = {}
    for line in (line for axes in figure.axes for line in axes.lines):
        # An arrow at the edge belongs to the line that it ends.
        if line.get_marker() not in ("None", ">"):
            shape = (line.get_marker(), line.get_markerfacecolor() == line.get_color())
            looks.setdefault(shape, set()).add(str(line.get_color()))
    assert looks or figure.axes[0].patches, "marks, or bars with a hatch"
    assert all(len(colours) == 1 for colours in looks.values()), "no shape has two colours"


LARGE = {f"Employer {number}": (1, 1 + number) for number in range(1000)}


def test_a_thousand_groups() -> None:
    causes = causes_chart(rates({name: (place, 5000) for place, name in enumerate(LARGE)}))
    assert causes.caption == "The chart shows the 40 largest of 1,000 causes."
    assert causes.title.startswith("Most frequent known cause: Employer 999, 999 of 5,000")
    months = rates({"2026-01": (9, 42), "2026-02": (8, 40)})
    many = pd.concat([months.assign(coach=f"Coach {number:04}") for number in range(1000)])
    multiples = small_multiples(many.rename(columns={"group": "month"}), by="coach")
    assert multiples.title == "No month of the 1,000 coaches stands out"
    assert multiples.caption == "The chart shows the first 12 of 1,000 coaches by name."
    curve = time_to_reconnection(CALLS)
    curves = pd.concat([curve.assign(group=name) for name in list(LARGE)[:200]])
    assert curve_chart(curves).caption == "The chart shows the 4 largest of 200 groups."
    for chart in (causes, multiples):
        assert texts_overlap(chart) == []


def test_names_in_any_script_with_any_sign() -> None:
    names = ["面接コーチ" * 8, "w" * 90, "<b>$x$</b>", ""]
    frame = rates({name: (9 + place, 42) for place, name in enumerate(names)})
    months = frame.assign(month="2026-01", coach=frame["group"]).drop(columns="group")
    curve = time_to_reconnection(CALLS)
    for chart in (
        causes_chart(frame),
        small_multiples(months, by="coach"),
        curve_chart(pd.concat([curve.assign(group=name) for name in names])),
    ):
        assert "<b>" not in chart.html()


def test_skills_are_saved_too(tmp_path: Path) -> None:
    head = ["attempt", "label", "skill", "got", "of"]
    points = pd.DataFrame([(1, "1 March", "timing", 1.0, 2.0)], columns=head)
    chart = skills_over_attempts(points)
    assert chart.save(tmp_path / "skills.pdf").read_bytes().startswith(b"%PDF")
    assert np.isclose(chart.figure.get_figwidth() * 72, 540)

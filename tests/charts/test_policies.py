"""What policies buy, what would change it, and the map: numbers at their place, words that agree."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.charts import Axis, Chart, policies_chart, tornado_chart, winners_chart
from interview_coach.errors import KitError
from tests.charts.reading import points, texts, texts_overlap

LONG = (
    "call-thrice: As the guidance, and call again after 30 and 45 minutes, or as often as it takes"
)


def answers(*rows: tuple[str, float, float], spread: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "policy": name,
                "connected": speak,
                "connected_low": speak - spread,
                "connected_high": speak + spread,
                "completed": done,
                "completed_low": done - spread,
                "completed_high": done + spread,
                "waiting_minutes": 29.6,
                "calls": 0.93,
            }
            for name, speak, done in rows
        ]
    )


def swings(*rows: tuple[str, float, float, str]) -> pd.DataFrame:
    columns = ["assumption", "value", "low", "high", "difference", "at_low", "at_high", "switch"]
    made = [
        (name, "0.5", "0.1", "0.9", -2.0, low, high, switch) for name, low, high, switch in rows
    ]
    return pd.DataFrame(made, columns=columns)


BUYS = answers(("guidance", 0.86, 0.97), (LONG, 0.8, 0.95), ("wait-only", 0.39, 0.53))
SWINGS = swings(("chance of a new time", -8.0, 3.0, "0.7"), (LONG, -3.0, -1.0, ""))
ACROSS = Axis("chance of a new time (share)", [0.2, 0.4, 0.6], 0.4)
UP = Axis("latest minute (minutes past the start)", [10, 20], 20)
WINNER = np.array([[0, 0], [1, -1], [1, 1]])


def tornado(frame: pd.DataFrame = SWINGS) -> Chart:
    return tornado_chart(frame, title="One could", axis="interviews: F4 minus F1", unit="points")


CHARTS = {
    "buys": policies_chart(BUYS, title="All alike", within=7),
    "tornado": tornado(),
    "map": winners_chart(WINNER, ACROSS, UP, first="guidance", second="F4"),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_no_words_meet_and_none_leave_the_sheet(chart: Chart) -> None:
    assert texts_overlap(chart) == []
    for figure in (chart.figure, chart.narrow):
        sheet = figure.bbox
        figure.canvas.draw()
        for text in [*figure.texts, *figure.axes[0].texts, figure.axes[0].xaxis.label]:
            box = text.get_window_extent()
            assert box.x0 >= -1 and box.x1 <= sheet.x1 + 1, text.get_text()


def test_both_shares_stand_at_their_place_in_shapes_of_their_own() -> None:
    chart = CHARTS["buys"]
    for figure in (chart.figure, chart.narrow):
        assert [x for x, _ in points(figure, "connected")] == [0.86, 0.8, 0.39]
        assert [x for x, _ in points(figure, "completed")] == [0.97, 0.95, 0.53]
        said = [text.replace("\u2007", " ").split() for text in texts(figure)]
        assert ["86%", "97%", "30", "min"] in said and ["39%", "53%", "30", "min"] in said
    assert "guidance: speak that day 86%, completed 97%, waiting 30 minutes, 0.9 calls" in chart.alt
    assert list(chart.data.iloc[2]) == ["wait-only", "39%", "53%", "30", "0.9"]
    assert "intervals" not in " ".join(texts(chart.figure))


def test_an_interval_is_drawn_said_and_named() -> None:
    chart = policies_chart(answers(("guidance", 0.8, 0.9), spread=0.05), title="One", within=1)
    assert "speak that day 80% (75% to 85%), completed 90% (85% to 95%)" in chart.alt
    key = " ".join(texts(chart.figure))
    assert "95% intervals" in key and "within 1 day." in key


def test_what_lets_them_change_places_has_a_shape_of_its_own() -> None:
    chart = CHARTS["tornado"]
    (shapes,) = [
        [line.get_marker() for line in figure.axes[0].lines if line.get_gid() == "end"]
        for figure in (chart.figure,)
    ]
    assert shapes == ["s", "s", "o", "o"]
    assert [x for x, _ in points(chart.narrow, "end")] == [-8.0, 3.0, -3.0, -1.0]
    assert "chance of a new time, 0.1 to 0.9: -8.0 to +3.0 points; they change places at 0.7" in (
        chart.alt
    )
    assert chart.data.iloc[1].tolist()[-1] == "not within the range"


def test_of_many_assumptions_the_strongest_are_drawn_and_all_are_in_the_table() -> None:
    chart = tornado(swings(*((f"number {n}", -3.0, float(n), "") for n in range(30))))
    assert chart.caption == "The chart shows the 10 strongest of 30 assumptions."
    assert len(points(chart.figure, "end")) == 20 and len(chart.data) == 30


def test_a_map_counts_who_is_ahead() -> None:
    chart = CHARTS["map"]
    assert chart.title == (
        "Guidance is ahead at 2 of 6, F4 is ahead at 3 of 6, they are equal at 1 of 6 points of this map"
    )
    assert points(chart.figure, "winner 0") == [(0.2, 10.0), (0.2, 20.0)]
    assert points(chart.figure, "winner 1") == [(0.4, 10.0), (0.6, 10.0), (0.6, 20.0)]
    assert points(chart.figure, "equal") == [(0.4, 20.0)]
    assert chart.data.iloc[1].tolist() == ["20", "guidance", "equal", "F4"]
    assert "latest minute (minutes past the start) 10: guidance at 0.2, F4 at 0.4" in chart.alt


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (lambda frame: policies_chart(frame, title="x", within=7), BUYS),
        (tornado, SWINGS),
    ],
)
def test_nothing_to_draw_and_a_missing_column(draw: Any, frame: pd.DataFrame) -> None:
    assert draw(frame.iloc[:0]).title in ("x", "One could")
    with pytest.raises(KitError, match=f"'{frame.columns[0]}'"):
        draw(frame.drop(columns=frame.columns[0]))

"""Frames of every engine give the same answers, to the last bit."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.measures import (
    CATALOGUE,
    impossible,
    in_window,
    measured,
    practice_beside_recovery,
)
from interview_coach.outcomes import sample_calls
from tests.measures.hand import AS_OF, STORIES
from tests.measures.test_careers import CLIENTS
from tests.measures.test_practising import CALLS, PRACTICE

ENGINES = ["polars", "polars, lazy", "pyarrow", "duckdb", "dask", "pyspark"]
GROUPS: list[Any] = [
    None,
    "cohort",
    "month",
    "hour",
    ["caller", "week"],
    ["quarter", "channel", "coach"],
    ["lead_time", "cohort"],
]


def booked(calls: pd.DataFrame) -> pd.DataFrame:
    """Calls that say when they were booked: from a day after the start to a month before it."""
    ahead = pd.to_timedelta(np.arange(len(calls)) % 32 - 1, unit="D")
    return calls.assign(booked_at=(calls["scheduled_at"] - ahead).where(ahead.days % 7 != 3))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of this process, in another zone than UTC, which must make no difference."""
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "America/New_York")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(params=ENGINES)
def turned(request: pytest.FixtureRequest) -> Callable[[pd.DataFrame], Any]:
    """How a pandas frame becomes one of the engine."""
    engine = str(request.param)
    module = engine.partition(",")[0]
    for needed in {module, "polars"}:
        extra = "spark" if needed == "pyspark" else "scale"
        pytest.importorskip(
            needed, reason=f"{needed} is not installed: pip install interview-coach[{extra}]"
        )
    import polars as pl

    def turn(frame: pd.DataFrame) -> Any:
        arrow = pl.from_pandas(frame).to_arrow()
        if engine == "polars":
            return pl.from_pandas(frame)
        if engine == "polars, lazy":
            return pl.from_pandas(frame).lazy()
        if engine == "duckdb":
            import duckdb

            return duckdb.from_arrow(arrow)
        if engine == "dask":
            from dask import dataframe

            return dataframe.from_pandas(frame, npartitions=3)
        if engine == "pyspark":
            return request.getfixturevalue("spark").createDataFrame(arrow)
        return arrow

    return turn


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return sample_calls()


def options_of(name: str) -> dict[str, Any]:
    return {"as_of": AS_OF} if "as_of" in CATALOGUE[name].options else {}


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.items() if one.of == "calls"])
def test_every_measure_of_calls(
    turned: Callable[[pd.DataFrame], Any], sample: pd.DataFrame, name: str
) -> None:
    options = options_of(name)
    for calls in (booked(STORIES), booked(sample)):
        frame = turned(calls)
        for by in GROUPS:
            expected = measured(name, calls, by, **options)
            pd.testing.assert_frame_equal(measured(name, frame, by, **options), expected)
    window = {"start": "2026-03-03", "end": "2026-03-20", "grace": 41}
    expected = measured(name, STORIES, "timezone", **options, **window)
    found = measured(name, turned(STORIES), "timezone", **options, **window)
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("by", [None, "cohort"])
@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.items() if one.of == "clients"])
def test_every_measure_of_clients(
    turned: Callable[[pd.DataFrame], Any], name: str, by: str | None
) -> None:
    expected = measured(name, CLIENTS, by)
    pd.testing.assert_frame_equal(measured(name, turned(CLIENTS), by), expected)


def test_practice_beside_recovery(turned: Callable[[pd.DataFrame], Any]) -> None:
    expected = practice_beside_recovery(PRACTICE, CALLS, as_of=AS_OF)
    found = practice_beside_recovery(turned(PRACTICE), turned(CALLS), as_of=AS_OF)
    for one, other in zip(found, expected, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_what_cannot_be_and_a_window(turned: Callable[[pd.DataFrame], Any]) -> None:
    frame = turned(STORIES)
    pd.testing.assert_frame_equal(impossible(frame, as_of=AS_OF), impossible(STORIES, as_of=AS_OF))
    inside, left_out = in_window(frame, "2026-03-02", "2026-03-04")
    assert (len(inside), left_out) == (3, 13)
    assert measured("recovery_rate", inside, as_of=AS_OF)["n"].tolist() == [2]


def test_a_frame_with_nothing_in_it(turned: Callable[[pd.DataFrame], Any]) -> None:
    frame = turned(STORIES[:0])
    for name, entry in CATALOGUE.items():
        if entry.of == "calls":
            expected = measured(name, STORIES[:0], None, **options_of(name))
            pd.testing.assert_frame_equal(measured(name, frame, None, **options_of(name)), expected)


def test_an_unknown_group_of_any_engine(turned: Callable[[pd.DataFrame], Any]) -> None:
    with pytest.raises(KitError) as caught:
        measured("missed_call_rate", turned(STORIES[["state", "cohort"]]), "cohrot")
    assert str(caught.value) == (
        "There is no column 'cohrot' to group by; did you mean 'cohort'? You can ask for: "
        "cohort, state, month, quarter, week, hour, lead_time."
    )


@pytest.mark.parametrize("thing", [[1, 2], {"state": ["missed"]}, "calls.csv", None])
def test_what_is_no_frame(thing: Any) -> None:
    with pytest.raises(KitError) as caught:
        measured("missed_call_rate", thing)
    assert str(caught.value) == (
        f"A measure needs a frame of calls, not {type(thing).__name__}; give a frame of pandas, "
        "Polars, DuckDB, Dask or PySpark."
    )

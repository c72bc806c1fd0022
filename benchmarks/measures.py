"""Grouped rates and Kaplan-Meier of a million calls, beside pandas, Polars and SciPy.

Run by hand: ``python benchmarks/measures.py [CALLS]``. All ways do the same sums over 1,728 groups in
turns in one run, and their results are compared first; only the ratios count: of the clock and, where
others use the machine, of the processors' time. The memory is that of a process of its own, which
holds the frame of texts and counts as the kit does.
"""

import resource
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from scipy.stats import CensoredData, ecdf

from interview_coach.measures import kaplan_meier, missed_call_rate

ROUNDS = 5
KEYS = ["coach", "cohort", "employer_type"]
STATES = ["completed", "missed", "moved", "cancelled", "pending"]


def made(calls: int) -> pd.DataFrame:
    """Make calls of 12 coaches, 12 cohorts and 12 types of employer, their words as categories."""
    random = np.random.default_rng(1)

    def words(stem: str) -> "pd.Categorical[str]":
        return pd.Categorical.from_codes(
            random.integers(0, 12, calls), pd.Index([f"{stem} {n:02}" for n in range(12)])
        )

    state = random.choice(len(STATES), calls, p=[0.6, 0.2, 0.1, 0.06, 0.04])
    columns: dict[str, Any] = {key: words(key) for key in KEYS}
    return pd.DataFrame({**columns, "state": pd.Categorical.from_codes(state, pd.Index(STATES))})


def by_pandas(calls: pd.DataFrame) -> pd.DataFrame:
    missed = calls["state"] == "missed"
    counted = calls.assign(n=missed, N=missed | (calls["state"] == "completed"))
    return counted.groupby(KEYS, observed=True)[["n", "N"]].sum().reset_index()


def by_polars(calls: pl.DataFrame) -> pl.DataFrame:
    return calls.group_by(KEYS).agg(
        (pl.col("state") == "missed").sum().alias("n"),
        ((pl.col("state") == "missed") | (pl.col("state") == "completed")).sum().alias("N"),
    )


def by_kit(calls: pd.DataFrame) -> pd.DataFrame:
    return missed_call_rate(calls, KEYS)


def plain(counts: Any) -> list[tuple[Any, ...]]:
    """Counts in an order of their own, whoever counted."""
    frame = counts.to_pandas() if isinstance(counts, pl.DataFrame) else counts
    frame = frame.astype(dict.fromkeys(KEYS, "str") | {"n": "int64", "N": "int64"})
    ordered = frame.sort_values(KEYS)[[*KEYS, "n", "N"]]
    return list(ordered.itertuples(index=False, name=None))


def timed(ways: dict[str, Callable[[], Any]]) -> dict[str, tuple[float, float]]:
    """Median seconds of each way, taken in turns: by the clock, and of all processors together."""
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            clock, busy = perf_counter(), process_time()
            way()
            seconds[name].append((perf_counter() - clock, process_time() - busy))
    return {
        name: (median(clock for clock, _ in took), median(busy for _, busy in took))
        for name, took in seconds.items()
    }


def rates(calls: int) -> None:
    categories = made(calls)
    texts = categories.astype("str")
    polars = pl.from_pandas(categories)
    ways: dict[str, Callable[[], Any]] = {
        "kit, pandas categories": lambda: by_kit(categories),
        "kit, pandas texts": lambda: by_kit(texts),
        "Polars categories": lambda: by_polars(polars),
        "pandas groupby, categories": lambda: by_pandas(categories),
        "pandas groupby, texts": lambda: by_pandas(texts),
    }
    # A first round of each, which also says that all count alike.
    found = {name: plain(way()) for name, way in ways.items()}
    first = next(iter(found.values()))
    assert all(one == first for one in found.values()), "the ways do not agree"
    took = timed(ways)
    print(f"{calls:,} calls, {len(first):,} groups: all ways agree")
    polars_took, pandas_took = took["Polars categories"], took["pandas groupby, texts"]
    for name, (clock, busy) in took.items():
        print(
            f"  {name:<28} {clock * 1000:9.1f} ms, {busy * 1000:9.1f} busy"
            f"  {clock / polars_took[0]:6.2f} ({busy / polars_took[1]:.2f} busy) of Polars"
            f"  {pandas_took[0] / clock:6.1f} ({pandas_took[1] / busy:.1f}) times pandas on texts"
        )


def curves(cases: int) -> None:
    random = np.random.default_rng(2)
    watched = random.integers(1, 60 * 24 * 60, cases)
    happened = random.random(cases) < 0.6

    def by_scipy() -> Any:
        return ecdf(CensoredData(watched[happened], right=watched[~happened])).sf

    def by_counting() -> pd.DataFrame:
        return kaplan_meier(watched, happened)

    theirs, ours = by_scipy(), by_counting()
    seen = ours[ours["events"] > 0]
    place = np.searchsorted(theirs.quantiles, seen["minutes"])
    assert np.allclose(seen["value"], theirs.probabilities[place], rtol=0, atol=1e-9)
    took = timed({"kit, with band": by_counting, "SciPy, without": by_scipy})
    theirs_took, ours_took = took["SciPy, without"], took["kit, with band"]
    print(
        f"Kaplan-Meier of {cases:,} cases: both agree; the kit is {theirs_took[0] / ours_took[0]:.1f} "
        f"({theirs_took[1] / ours_took[1]:.1f} busy) times as fast"
    )


def alone(calls: int) -> None:
    """Count as the kit does, and say how much memory the process took at most."""
    by_kit(made(calls).astype("str"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{calls:,} calls as texts, made and counted: at most {most:.1f} GB of memory")


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if "alone" in sys.argv:
        alone(calls)
        return
    subprocess.run([sys.executable, __file__, str(calls), "alone"], check=True)
    rates(calls)
    curves(calls)


if __name__ == "__main__":
    main()

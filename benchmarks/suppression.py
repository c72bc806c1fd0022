"""How long a report takes to protect, and how many counts are hidden: exactly against the heuristic.

The same tables are protected both ways in one run and audited; counts are drawn anew for each size,
with many small ones, as a small office has them.

Run it by hand: ``python benchmarks/suppression.py [--draws 3] [--large]``.
"""

import argparse
import time
from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray

from interview_coach.measures.suppression import Protected, Table, audit, protect

NAMES = ("cohort", "channel", "party")


def drawn(generator: np.random.Generator, *sizes: int) -> NDArray[np.int64]:
    """Draw counts of which about a third are small and a few are zero."""
    return np.asarray(generator.negative_binomial(1.2, 0.04, sizes), dtype=np.int64)


def one_table(generator: np.random.Generator, *sizes: int) -> tuple[list[Table], dict[str, object]]:
    """Make one table with all its margins."""
    levels = {
        name: [f"{name}{at}" for at in range(size)]
        for name, size in zip(NAMES, sizes, strict=False)
    }
    return [Table("table", "calls", levels, drawn(generator, *sizes))], {}


def report(generator: np.random.Generator, *sizes: int) -> tuple[list[Table], dict[str, object]]:
    """Make a report: calls missed, held and booked, each by month, by cohort and by channel."""
    names = ("month", "cohort", "channel")
    levels = {
        name: [f"{name}{at}" for at in range(size)] for name, size in zip(names, sizes, strict=True)
    }
    missed, completed, moved = (generator.poisson(mean, sizes) for mean in (0.4, 1.2, 0.3))
    tables = []
    for of, counts in (
        ("missed", missed),
        ("held", missed + completed),
        ("booked", missed + completed + moved),
    ):
        for axis, name in enumerate(names):
            others = tuple(other for other in range(3) if other != axis)
            by = {name: levels[name]}
            tables.append(Table(f"{of} by {name}", of, by, counts.sum(axis=others)))
    return tables, {"within": [("missed", "held"), ("held", "booked")]}


KINDS: list[tuple[str, Callable[..., tuple[list[Table], dict[str, object]]], tuple[int, ...]]] = [
    ("list", one_table, (6,)),
    ("list", one_table, (24,)),
    ("two dimensions", one_table, (4, 4)),
    ("two dimensions", one_table, (8, 6)),
    ("three dimensions", one_table, (3, 3, 3)),
    ("linked report", report, (6, 4, 3)),
    ("linked report", report, (18, 8, 4)),
]
LARGE = [
    ("two dimensions", one_table, (12, 10)),
    ("three dimensions", one_table, (5, 4, 3)),
    ("two dimensions, many", one_table, (40, 12)),
]


def timed(work: Callable[[], Protected]) -> tuple[Protected, float]:
    """Do something and say how many seconds it took."""
    begun = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begun


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--draws", type=int, default=3, help="how many tables of each size")
    asked.add_argument("--large", action="store_true", help="also sizes that take a minute")
    options = asked.parse_args()
    protect([Table("warm", "calls", {"a": ["x", "y", "z"]}, [5, 15, 20])])
    print(
        f"{'':22}{'size':>9}{'printed':>9}{'small':>7}{'exact':>7}{'heuristic':>11}"
        f"{'exact s':>9}{'heur. s':>9}{'audit s':>9}{'proved':>8}"
    )
    for label, make, sizes in KINDS + (LARGE if options.large else []):
        rows = []
        for seed in range(options.draws):
            tables, more = make(np.random.default_rng([seed, prod(sizes)]), *sizes)
            best, exact = timed(lambda: protect(tables, exact_up_to=10**6, **more))  # type: ignore[arg-type]  # noqa: B023
            quick, heuristic = timed(lambda: protect(tables, exact_up_to=0, **more))  # type: ignore[arg-type]  # noqa: B023
            begun = time.perf_counter()
            for protected in (best, quick):
                audit(protected).require()
            audited = (time.perf_counter() - begun) / 2
            small = int((best.hidden["reason"].str.contains("fewer")).sum())
            printed = int(best.structure.printed.sum())
            rows.append(
                (
                    printed,
                    small,
                    len(best.hidden),
                    len(quick.hidden),
                    exact,
                    heuristic,
                    audited,
                    best.fewest,
                )
            )
        mean = np.array(rows, dtype=np.float64).mean(axis=0)
        print(
            f"{label:22}{'x'.join(map(str, sizes)):>9}{mean[0]:9.0f}{mean[1]:7.1f}{mean[2]:7.1f}"
            f"{mean[3]:11.1f}{mean[4]:9.2f}{mean[5]:9.2f}{mean[6]:9.2f}{mean[7]:8.0%}"
        )


if __name__ == "__main__":
    main()

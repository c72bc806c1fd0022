"""How fast the page of policies answers a click: first in words, then drawn.

Each click goes the browser's way through the page's own handlers, the desk's file included; what the
browser itself then needs to show it is not in it. Times run from the click to the moment at which the
words, and at last the drawings, are handed to the browser.

Run it by hand: ``python benchmarks/compare_click.py [--clicks 50] [--cpu]``. With ``--cpu`` the time of the
processor is counted, which tells more where other programs are at work.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from interview_coach.panels.compare import compare_panel

WANTED = 100.0  # milliseconds that an answer may take


def clicks(here: Any) -> Iterator[tuple[str, Any, Callable[[int], object]]]:
    """Give what is clicked, the part whose first change is the answer in words, and the click."""

    def ticks(number: int) -> None:
        field = list(here.policies.values())[number % len(here.policies)]
        field.value = not field.value

    def typed(number: int) -> None:
        here.assumed.fields["later.accept"].value = f"{0.4 + number % 50 / 100:.2f}"

    def days(number: int) -> None:
        here.fields["days"].value = 3 + number % 9

    def turned(name: str) -> Callable[[int], None]:
        field = here.change.fields[name]
        others = cycle([value for _, value in field.input.options if value != field.value])

        def turn(_: int) -> None:
            # What is chosen already, here or beside it, would change nothing.
            beside = here.change.fields["across" if name == "up" else "first"].value
            field.value = next(one for one in others if one not in (field.value, beside))

        return turn

    here._which.button.click()
    here.assumed.fold.button.click()
    here.assumed.group.value = "later"
    yield "a policy ticked", here._found, ticks
    yield "an assumption typed over", here._found, typed
    yield "other days", here._found, days
    for tick in here.policies.values():
        tick.value = True
    here.change.fold.button.click()
    here.change.fields["first"].value = "guidance"
    yield "another policy held against it", here.change._turns, turned("second")
    yield "another map", here.change._map, turned("up")


def timed(
    part: Any, click: Callable[[int], object], times: int, clock: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Time clicks, in milliseconds: until the words are there, and until all is."""
    first: list[float] = []
    part.observe(lambda _: first.append(clock()), "children")
    words, whole = [], []
    for number in range(times):
        first.clear()
        begun = clock()
        click(number)
        whole.append((clock() - begun) * 1000)
        assert first, "a click that changes nothing is none"
        words.append((first[0] - begun) * 1000)
    part.unobserve_all("children")
    return words, whole


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clicks", type=int, default=50, help="how many of each kind")
    asked.add_argument("--cpu", action="store_true", help="count the processor's time")
    given = asked.parse_args()
    times, clock = given.clicks, time.process_time if given.cpu else time.perf_counter
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        page = compare_panel(desk="desk.json")
        print(f"{times} clicks of each kind; milliseconds: median, and 95 of 100 under")
        for name, part, click in clicks(page.body.children[0]):
            words, whole = timed(part, click, times, clock)
            told = [
                f"{statistics.median(one):4.0f} {statistics.quantiles(one, n=20)[-1]:4.0f}"
                for one in (words, whole)
            ]
            print(f"  {name:32} words {told[0]}   all drawn {told[1]}")
        print(f"  wanted: under {WANTED:g}")


if __name__ == "__main__":
    main()

"""Simulating: many interviews at once, stopped when one likes, and one story told step by step."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets
import numpy as np

from interview_coach.comparing import Comparison, compare, that_day
from interview_coach.errors import KitError
from interview_coach.panels import kit
from interview_coach.panels.compare_choice import number_of
from interview_coach.panels.compare_model import CompareModel, policy_name
from interview_coach.wording import decimals, percent

__all__ = ["Runs"]

_MOST = 1_000_000_000
_EVERY = 0.2  # seconds between two looks at the progress


class Runs(widgets.VBox):
    """The fold with the simulation.

    Attributes
    ----------
    runs, seed : Field
        How many, and from where the draws begin.
    work : Thread or None
        What is simulating; None before the first time.
    """

    def __init__(self, page: kit.Page, model: CompareModel) -> None:
        self._page, self._model = page, model
        self._notice, self._bar, self._shown = kit.Notice(), kit.Region(), kit.Region()
        self._stopped = threading.Event()
        self.work: threading.Thread | None = None
        self.runs = kit.text_input(
            "Simulated interviews",
            model.choice.runs,
            hint="For each policy, up to 1,000,000,000; it can be stopped.",
        )
        self.seed = kit.text_input(
            "Seed", model.choice.seed, hint="The same seed gives the same interviews again."
        )
        for name, field in (("runs", self.runs), ("seed", self.seed)):
            kit.on_change(field, partial(self._typed, name), self._notice)
        self._start = kit.button("Simulate", self._begin, where=self._notice)
        self._stop = kit.button("Stop, and keep what there is", self._end, where=self._notice)
        kit.seen(self._stop, False)
        self.fold = kit.fold(
            "Simulate",
            kit.text(
                "The same world drawn at random, to check what was calculated, and to see how far "
                "single interviews scatter.",
                soft=True,
            ),
            kit.columns(self.runs, self.seed),
            kit.row(
                self._start,
                self._stop,
            ),
            self._notice,
            self._bar,
            self._shown,
        )
        super().__init__([self.fold])
        self.add_class("ic-region")

    def stale(self) -> None:
        """Take away what was simulated under other assumptions."""
        self._stopped.set()
        self._shown.show()

    def _typed(self, name: str, text: str) -> None:
        self._model.choose(**{name: text})

    def _whole(self, field: kit.Field, low: int, most: int) -> int | None:
        value = number_of(field.value.replace(",", "").replace(" ", ""))
        good = value is not None and value == int(value) and low <= value <= most
        field.error = "" if good else f"Write a whole number from {low} to {most:,}."
        return int(value) if good and value is not None else None

    def _begin(self) -> None:
        found = self._model.comparison
        if found is None:
            raise KitError("No policy is chosen; choose one or more.")
        runs, seed = self._whole(self.runs, 1, _MOST), self._whole(self.seed, 0, 2**31)
        if runs is None or seed is None:
            return
        if self.work is not None:
            # It ends after the chunk that it is at, in a few hundredths of a second.
            self._stopped.set()
            self.work.join()
        self._stopped.clear()
        self._shown.show()
        bar = kit.Progress("Simulating", runs)
        self._bar.show(bar)
        kit.seen(self._stop, True)
        self._page.say(f"Simulating {runs:,} interviews for each policy.")
        work = partial(self._simulate, found, runs, seed, bar)
        self.work = threading.Thread(target=kit.guarded(work, self._notice), daemon=True)
        self.work.start()

    def _end(self) -> None:
        self._stopped.set()

    def _simulate(self, found: Comparison, runs: int, seed: int, bar: kit.Progress) -> None:
        """Simulate beside the page, so that it can be stopped."""
        try:
            batch = compare(
                found.assumptions,
                found.policies,
                self._model.playbook,
                method="monte-carlo",
                within=found.within,
                runs=runs,
                seed=seed,
                progress=self._progress(bar),
            )
        except KitError:
            # What nobody waits for any more needs no words.
            if self._model.comparison is found:
                raise
            return
        finally:
            self._bar.show()
            kit.seen(self._stop, False)
        if self._model.comparison is found:
            self._show(found, batch)

    def _progress(self, bar: kit.Progress) -> Callable[[int, int], None]:
        last = time.monotonic()

        def progress(done: int, of: int) -> None:
            nonlocal last
            if self._stopped.is_set():
                raise KeyboardInterrupt
            if time.monotonic() - last > _EVERY:
                last = time.monotonic()
                bar.to(done, f"{done:,} of {of:,} interviews for each policy")

        return progress

    def _show(self, found: Comparison, simulated: Comparison) -> None:
        batch = simulated.batch
        assert batch is not None
        inside, rows = 0, []
        for key, answer in simulated.answers.items():
            exact = found.answers[key]
            cells = []
            for name in ("connected", "completed"):
                one, calculated = getattr(answer, name), getattr(exact, name).value
                inside += one.low <= calculated <= one.high
                places = decimals(one.low, one.high)
                cells += [
                    percent(calculated, places),
                    f"{percent(one.value, places)} "
                    f"({percent(one.low, places)} to {percent(one.high, places)})",
                ]
            tenth, half, most = _spread(batch.waited[key])
            rows.append((policy_name(found.policies[key]), *cells, f"{half} ({tenth} to {most})"))
        pairs = 2 * len(rows)
        stopped = "Stopped by hand: " if batch.stopped else ""
        said = (
            f"{stopped}{batch.runs:,} simulated interviews for each policy. {inside} of {pairs} calculated "
            f"shares lie within the simulated 95% interval"
        )
        self._shown.show(
            kit.text(f"{said}; about {pairs - round(pairs * 0.05)} of {pairs} are to be expected."),
            kit.table(
                (
                    "policy",
                    f"{that_day(found.assumptions)[1]}, calculated",
                    "simulated (95% interval)",
                    "completed, calculated",
                    "simulated (95% interval)",
                    "minutes waited: half wait less (8 of 10 between)",
                ),
                rows,
                caption="Calculated and simulated",
                numbers=5,
            ),
        )
        self._page.say(said)


def _spread(waited: Any) -> tuple[int, int, int]:
    """Give the minutes within which a tenth, half and nine tenths of the runs had waited."""
    upto = np.cumsum(waited)
    tenth, half, most = (int(np.searchsorted(upto, share * upto[-1])) for share in (0.1, 0.5, 0.9))
    return tenth, half, most

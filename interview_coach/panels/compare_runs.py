"""Simulating: many interviews at once, stopped when one likes, and one story told step by step."""

import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import Any

import ipywidgets as widgets
import numpy as np

from interview_coach.comparing import Comparison, compare, that_day
from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, current
from interview_coach.panels import kit
from interview_coach.panels.compare_choice import number_of
from interview_coach.panels.compare_model import CompareModel, policy_name
from interview_coach.wording import counted, decimals, number, percent

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
            _("Simulated interviews"),
            model.choice.runs,
            hint=_("For each policy, up to {most}; it can be stopped.").format(most=number(_MOST)),
        )
        self.seed = kit.text_input(
            _("Seed"), model.choice.seed, hint=_("The same seed gives the same interviews again.")
        )
        for name, field in (("runs", self.runs), ("seed", self.seed)):
            kit.on_change(field, partial(self._typed, name), self._notice)
        self._start = kit.button(_("Simulate"), self._begin, where=self._notice)
        self._stop = kit.button(_("Stop, and keep what there is"), self._end, where=self._notice)
        kit.seen(self._stop, False)
        self.fold = kit.fold(
            _("Simulate"),
            kit.text(
                _(
                    "The same world drawn at random, to check what was calculated, and to see how far "
                    "single interviews scatter."
                ),
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
        # As people group digits: 100,000, and where the decimal sign is a comma 100.000.
        group = "," if current() == ENGLISH else "."
        value = number_of("".join(field.value.split()).replace(group, ""))
        good = value is not None and value == int(value) and low <= value <= most
        field.error = (
            ""
            if good
            else _("Write a whole number from {low} to {most}.").format(low=low, most=number(most))
        )
        return int(value) if good and value is not None else None

    def _begin(self) -> None:
        found = self._model.comparison
        if found is None:
            raise KitError(_("No policy is chosen; choose one or more."))
        runs, seed = self._whole(self.runs, 1, _MOST), self._whole(self.seed, 0, 2**31)
        if runs is None or seed is None:
            return
        if self.work is not None:
            # It ends after the chunk that it is at, in a few hundredths of a second.
            self._stopped.set()
            self.work.join()
        self._stopped.clear()
        self._shown.show()
        bar = kit.Progress(_("Simulating"), runs)
        self._bar.show(bar)
        kit.seen(self._stop, True)
        self._page.say(
            counted(
                runs,
                "Simulating {n} interviews for each policy.",
                "Simulating {n} interviews for each policy.",
            )
        )
        work = partial(self._simulate, found, runs, seed, bar)
        self.work = threading.Thread(
            target=self._aside(kit.guarded(work, self._notice)), daemon=True
        )
        self.work.start()

    @staticmethod
    def _aside(work: Callable[[], object]) -> Callable[[], object]:
        """Let work that is done beside the page speak the page's language."""
        return partial(copy_context().run, work)

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
                words = _("{n} of {total} interviews for each policy")
                bar.to(done, words.format(n=number(done), total=number(of)))

        return progress

    def _show(self, found: Comparison, simulated: Comparison) -> None:
        batch = simulated.batch
        assert batch is not None
        inside, rows = 0, []
        with_ends = _("{value} ({low} to {high})")
        for key, answer in simulated.answers.items():
            exact = found.answers[key]
            cells = []
            for name in ("connected", "completed"):
                one, calculated = getattr(answer, name), getattr(exact, name).value
                inside += one.low <= calculated <= one.high
                places = decimals(one.low, one.high)
                cells += [
                    percent(calculated, places),
                    with_ends.format(
                        value=percent(one.value, places),
                        low=percent(one.low, places),
                        high=percent(one.high, places),
                    ),
                ]
            tenth, half, most = _spread(batch.waited[key])
            rows.append(
                (
                    policy_name(found.policies[key]),
                    *cells,
                    with_ends.format(value=half, low=tenth, high=most),
                )
            )
        pairs = 2 * len(rows)
        words = (
            _(
                "Stopped by hand: {runs} simulated interviews for each policy. {n} of {total} calculated "
                "shares lie within the simulated 95% interval"
            )
            if batch.stopped
            else _(
                "{runs} simulated interviews for each policy. {n} of {total} calculated shares lie within "
                "the simulated 95% interval"
            )
        )
        said = words.format(runs=number(batch.runs), n=inside, total=pairs)
        self._shown.show(
            kit.text(
                _("{words}; about {n} of {total} are to be expected.").format(
                    words=said, n=pairs - round(pairs * 0.05), total=pairs
                )
            ),
            kit.table(
                (
                    _("policy"),
                    _("{what}, calculated").format(what=that_day(found.assumptions)[1]),
                    _("simulated (95% interval)"),
                    _("completed, calculated"),
                    _("simulated (95% interval)"),
                    _("minutes waited: half wait less (8 of 10 between)"),
                ),
                rows,
                caption=_("Calculated and simulated"),
                numbers=5,
            ),
        )
        self._page.say(said)


def _spread(waited: Any) -> tuple[int, int, int]:
    """Give the minutes within which a tenth, half and nine tenths of the runs had waited."""
    upto = np.cumsum(waited)
    tenth, half, most = (int(np.searchsorted(upto, share * upto[-1])) for share in (0.1, 0.5, 0.9))
    return tenth, half, most

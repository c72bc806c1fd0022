"""Walk a panel as a restless person would: press everything, fill everything, twice, and watch.

A walk begins on a fresh panel in a folder of its own. It does what it has not done yet in the state
that it stands in (a state is what can be done there); where nothing new is left it begins again and
goes the remembered way to a state with something new. Nothing is drawn at random, so a walk repeats.
"""

import datetime as dt
import os
import re
import sqlite3
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import chdir, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.panels.kit import controls
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.kit.guard import RAISE
from tests.panels.driving import inside, visible, words
from tests.panels.fillings import FILLINGS, Filling, upload
from tests.panels.reading import live_markup, outline_faults, said_name

__all__ = ["Walk", "kind_of", "look", "walk"]

Step = tuple[str, str, int]
"""What is done: press, choose, tick or clock; the name of it; and of a choice, which option."""

_OPTIONS = 4  # of a list, how many are chosen: the first ones and the last
_DOUBLE = dt.timedelta(milliseconds=200)
_LATER = dt.timedelta(seconds=10)


@dataclass
class Walk:
    """What a walk saw and did.

    Attributes
    ----------
    faults : list of str
        What must not be.
    pressed : set of str
        The buttons that were pressed, by their words without numbers.
    left : set of str
        The buttons that were seen and never pressed.
    states : int
        How many states were seen.
    steps : int
        How much was done.
    words : list of str
        What was read in each state.
    """

    faults: list[str] = field(default_factory=list)
    pressed: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    states: int = 0
    steps: int = 0
    words: list[str] = field(default_factory=list)


# ------------------------------------------------------------------ what stands there


def kind_of(text: str) -> str:
    """Name what is pressed by its kind: "Add: It is [time] now." is an "Add"."""
    # What stands in brackets behind it says how things are: "Two missed calls (played)".
    words = re.sub(r"\s\([^()]*\)$", "", re.split(r":\s|\s·\s", text)[0])
    return re.sub(r"\d+", "#", words)


def todo(page: Any) -> list[Step]:
    """List what can be done on a page, from top to bottom."""
    steps: list[Step] = []
    for one in visible(page):
        if isinstance(one, widgets.Button):
            if not one.disabled:
                steps.append(("press", kind_of(said_name(one)), 0))
        elif isinstance(one, widgets.Checkbox):
            steps.append(("tick", kind_of(one.description), 0))
        elif isinstance(one, widgets.Dropdown | widgets.RadioButtons):
            many = len(one.options)
            few = {*range(min(many, _OPTIONS - 1)), many - 1} if many else set()
            steps += [("choose", kind_of(one.description), which) for which in sorted(few)]
        elif isinstance(one, Ticker) and one.running:
            steps.append(("clock", "", 0))
    return list(dict.fromkeys(steps))


def _find(page: Any, step: Step) -> Any:
    kind, name, which = step
    kinds = {
        "press": widgets.Button,
        "tick": widgets.Checkbox,
        "choose": widgets.Dropdown | widgets.RadioButtons,
        "clock": Ticker,
    }
    for one in visible(page):
        if not isinstance(one, kinds[kind]) or (kind == "press" and one.disabled):
            continue
        if kind == "clock" and one.running:
            return one
        if kind != "clock" and kind_of(said_name(one)) == name:
            if kind == "choose" and which >= len(one.options):
                continue
            return one
    return None


def look(page: Any) -> list[Any]:
    """Note all that a person sees or hears of a page."""
    return [
        (
            type(one).__name__,
            getattr(one, "description", ""),
            repr(getattr(one, "value", "")),
            getattr(one, "disabled", None),
            str(getattr(one, "options", "")),
            tuple(getattr(one, "_dom_classes", ())),
            getattr(one, "said", None),
            getattr(one, "running", None),
        )
        for one in visible(page)
    ]


def kept(folder: Path) -> list[Any]:
    """Note all that was written: the rows of each table, the size of every other file."""
    found: list[Any] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith(("-wal", "-shm")):
            continue
        if path.suffix != ".db":
            found.append((str(path.relative_to(folder)), path.stat().st_size))
            continue
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
            tables = [
                name
                for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            rows = [
                (name, raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
                for name in sorted(tables)
            ]
        found.append((str(path.relative_to(folder)), rows))
    return found


# ------------------------------------------------------------------ walking


class _Clock:
    now = dt.datetime(2026, 3, 5, 14, tzinfo=dt.UTC)


@dataclass
class _Walker:
    make: Callable[[], Any]
    filling: Filling
    folder: Path
    clock: _Clock
    walk: Walk = field(default_factory=Walk)
    page: Any = None
    way: list[Step] = field(default_factory=list)
    _filled: dict[int, Any] = field(default_factory=dict)
    _rounds: int = 0
    _failed: bool = False
    _known: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Open a fresh panel in a fresh folder."""
        self.end()
        self._rounds += 1
        here = self.folder / str(self._rounds)
        here.mkdir()
        os.chdir(here)
        self.way, self._filled = [], {}
        self.page = self.make()
        self._fill()

    def end(self) -> None:
        """Let go of the panel, and of the file that its import may hold open."""
        for one in inside(self.page):
            put_away = getattr(getattr(one, "model", None), "put_away", None)
            if put_away is not None:
                put_away()
        widgets.Widget.close_all()

    def _note(self, fault: str) -> None:
        way = " > ".join(
            f"{kind} {name}{f' {which}' * (kind == 'choose')}"
            for kind, name, which in self.way[-6:]
        )
        if fault not in self._known:
            self._known.add(fault)
            self.walk.faults.append(f"{fault}\n    after {len(self.way)} steps: {way}")

    def _run(self, what: Callable[[], Any], doing: str) -> None:
        """Do something; a `KitError` must be said on the page, and nothing else may be raised."""
        try:
            what()
        except KitError as said:
            self._failed = True
            first = str(said)[:60].casefold()
            if first not in words(self.page).casefold():
                self._note(f"{doing}: what went wrong is not said: {said}")
        except Exception:
            self._note(f"{doing}:\n{traceback.format_exc(limit=-4)}")
        for one in visible(self.page):
            work = getattr(one, "work", None)
            if work is not None:
                work.join(30)

    def _fill(self) -> None:
        """Fill every field in sight that has not been filled since it was made."""
        for one in list(visible(self.page)):
            if id(one) in self._filled:
                continue
            value = self._value(one)
            if value is None:
                continue
            self._filled[id(one)] = one
            trait, given = value
            self._run(partial(setattr, one, trait, given), f"fill {one.description!r}")

    def _value(self, one: Any) -> tuple[str, Any] | None:
        what = self.filling
        if isinstance(one, widgets.Text | widgets.Textarea):
            return "value", next(
                (text for label, text in what.labels if label in one.description), what.words
            )
        if isinstance(one, widgets.DatePicker):
            return ("value", what.day)
        if isinstance(one, widgets.TimePicker):
            return ("value", what.time)
        if isinstance(one, widgets.IntText):
            return ("value", what.number)
        if isinstance(one, widgets.FileUpload):
            for ending, name, content in what.files:
                if ending in one.accept:
                    return ("value", upload(name, content))
        return None

    def do(self, step: Step) -> bool:
        """Do one step; False if it is not to be done here."""
        one = _find(self.page, step)
        if one is None:
            return False
        kind, name, which = step
        self.way.append(step)
        self.walk.steps += 1
        self.clock.now += _LATER
        before = look(self.page)
        if kind == "press":
            self.walk.pressed.add(name)
            self._press(one, name, before)
        elif kind == "tick":
            self._run(lambda: setattr(one, "value", not one.value), f"tick {name!r}")
        elif kind == "choose":
            self._run(lambda: setattr(one, "index", which), f"choose {which} of {name!r}")
        else:
            self._run(lambda: setattr(one, "ticks", one.ticks + 1), "the clock ticks")
        self._fill()
        return True

    def _press(self, one: Any, name: str, before: list[Any]) -> None:
        self._failed = False
        self._run(one.click, f"press {name!r}")
        # Where one is already, a press on the way there changes nothing; a sentence that is said
        # again is heard again.
        if look(self.page) == before and not self._failed and "ic-here" not in one._dom_classes:
            self._note(f"press {name!r}: nothing is seen or heard of it")
        if not isinstance(one, controls.Button):
            self._note(f"press {name!r}: it is no button of the kit")
        elif not one._repeat:
            seen, written = look(self.page), kept(Path.cwd())
            self.clock.now += _DOUBLE
            self._run(one.click, f"press {name!r} again")
            if kept(Path.cwd()) != written:
                self._note(f"press {name!r}: a double click writes twice")
            if look(self.page) != seen:
                self._note(f"press {name!r}: a double click does it twice")

    def is_new(self, step: Step) -> bool:
        """Tell whether a step presses what was never pressed anywhere."""
        return step[0] == "press" and step[1] not in self.walk.pressed

    def watch(self) -> None:
        """Look at the page as it stands."""
        self.walk.words.append(words(self.page))
        for fault in (
            *(f"this would run: {one}" for one in live_markup(self.page)),
            *outline_faults(self.page),
        ):
            self._note(fault)


def _state(page: Any) -> frozenset[Any]:
    labels = {kind_of(said_name(one)) for one in visible(page) if hasattr(one, "description")}
    return frozenset(labels)


@contextmanager
def _alone() -> Iterator[tuple[Path, _Clock]]:
    clock = _Clock()
    with (
        tempfile.TemporaryDirectory() as made,
        chdir(made),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv(RAISE, "1")
        patch.setattr(controls, "sent_at", lambda: clock.now)
        yield Path(made), clock


def walk(make: Callable[[], Any], filling: str, most: int) -> Walk:
    """Walk a panel.

    Parameters
    ----------
    make : callable
        Opens the panel in the present folder, with all that it needs there.
    filling : str
        What is written into its fields: a key of `FILLINGS`.
    most : int
        Steps to be taken at most, those on remembered ways counted too.

    Returns
    -------
    Walk
        What was found.
    """
    with _alone() as (folder, clock):
        walker = _Walker(make, FILLINGS[filling], folder, clock)
        ways: dict[Any, list[Step]] = {}
        open_: dict[Any, list[Step]] = {}
        walker.begin()
        while walker.walk.steps < most:
            state = _state(walker.page)
            if state not in ways:
                ways[state] = list(walker.way)
                open_[state] = todo(walker.page)
                walker.watch()
            elif len(walker.way) < len(ways[state]):
                ways[state] = list(walker.way)
            # What was never pressed anywhere comes first, be it in another state.
            new = {at: [one for one in left if walker.is_new(one)] for at, left in open_.items()}
            here = new[state] or ([] if any(new.values()) else open_[state])
            if here:
                step = here[0]
                open_[state].remove(step)
                walker.do(step)
                continue
            there = new if any(new.values()) else open_
            first = min(
                (at for at, left in there.items() if left),
                key=lambda at: len(ways[at]),
                default=None,
            )
            if first is None:
                break
            walker.begin()
            if not all(walker.do(step) for step in ways[first]) or _state(walker.page) != first:
                # What came of more than the way there is not come back to.
                open_[first] = []
        walker.end()
        walker.walk.states = len(ways)
        seen = {name for left in open_.values() for kind, name, _ in left if kind == "press"}
        walker.walk.left = seen - walker.walk.pressed
        return walker.walk

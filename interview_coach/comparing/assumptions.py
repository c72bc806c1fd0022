"""What a comparison assumes: every number by name, with its unit, its range and where it is from.

The day of the call is a scenario of the practice calls: its numbers stand in the scenario's file, and
are read from there. What comes on the days after stands in ``assumptions.toml``. A file of a coach's
own, or their log, lays other values over both.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from interview_coach.comparing.days import Causes, causes_of, laid_into, soonest_ring
from interview_coach.comparing.moments import MOMENTS, Moment, moment_of
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.playbook import Fault, PlaybookError
from interview_coach.playbook.faults import near
from interview_coach.playbook.loader import DATA, read_toml
from interview_coach.simulation.scenario import Scenario

__all__ = ["Assumption", "Assumptions", "assume", "checked_values", "overlaid"]

_MIX_TOLERANCE = 1e-6
_MOST = 10_000  # minutes or days: beyond any call; and of parts, enough to leave no others


@dataclass(frozen=True)
class Assumption:
    """One number of the model.

    Attributes
    ----------
    name : str
        ``CAUSE.KIND`` for the day of the call, ``later.NAME`` for the days after.
    says, unit : str
        What it is, in words, and what it is counted in; the unit is English wherever it is, and is
        put into `_` where it is shown.
    low, high : float
        Between which a sensitivity varies it.
    source : str
        Where it is from, or ``assumed``.
    """

    name: str
    says: str
    unit: str
    low: float
    high: float
    source: str

    @property
    def whole(self) -> bool:
        """Whether it is counted in whole minutes or days."""
        return self.unit.startswith(("minutes", "days"))


@dataclass(frozen=True)
class Assumptions:
    """All the numbers of a comparison, in one scenario's world.

    Attributes
    ----------
    base : Scenario
        The scenario as its file has it.
    values : mapping of str to float
        By the assumption's name.
    about : mapping of str to Assumption
        What each of them is.
    cases : int
        Missed calls of the coach's own log that the values rest on; 0 where all is assumed.
    """

    base: Scenario
    values: Mapping[str, float]
    about: Mapping[str, Assumption]
    causes: Causes = field(repr=False)
    cases: int = 0

    def having(self, values: Mapping[str, float]) -> "Assumptions":
        """Give the same with some values changed, each held within what is possible.

        A share stays between 0 and 1, nothing falls below 0, minutes and days are whole, and what is no
        number changes nothing. Where one end of a span moves past the other, the other gives way. Who
        would get in touch by themselves before the story opens does so a minute after. Weights of which
        none would be left stay.
        """
        new = dict(self.values)
        for name, value in values.items():
            if not math.isnan(value):
                new[name] = _held(float(value), self.about[name])
        for name in values:
            stem, _at, end = name.rpartition("_")
            other = f"{stem}_{'to' if end == 'from' else 'from'}"
            if end == "from" or (end == "to" and other not in values):
                new[other] = (max if end == "from" else min)(new[other], new[name])
        weights = [f"{code}.weight" for code in self.causes.numbers]
        if not any(new[name] > 0 for name in weights):
            new |= {name: self.values[name] for name in weights}
        for code in dict.fromkeys(name.partition(".")[0] for name in values):
            self._open_first(code, new)
        return replace(self, values=new)

    def _open_first(self, code: str, new: dict[str, float]) -> None:
        """Let nobody get in touch by themselves before the first decision."""
        soonest = soonest_ring(self.causes, code, new) if code in self.causes.numbers else None
        short = 0.0 if soonest is None else self.base.opens + 1 - soonest
        if short > 0:
            new[f"{code}.rings_from"] += short
            new[f"{code}.rings_to"] = max(new[f"{code}.rings_to"], new[f"{code}.rings_from"])

    def later(self, name: str) -> float:
        """Give a value of the days after; 0 for what does not matter in this moment."""
        return self.values.get(f"later.{name}", 0.0)  # unmarked: a key

    @property
    def moment(self) -> Moment:
        """The moment that the call is."""
        return moment_of(self.base)

    def scenario(self) -> Scenario:
        """Give the practice call whose world these assumptions are, for the engine to play."""
        made = laid_into(self.base, self.causes, self.values)
        written = self.base.written
        if written is self.base:
            return made
        return laid_into(written, causes_of(written), self.values).in_words_of(made)


def assume(scenario: Scenario, folder: Path | str = DATA) -> Assumptions:
    """Give the assumptions as they are shipped, in the world of a scenario.

    Raises
    ------
    KitError
        If the scenario holds what a comparison cannot reckon with.
    PlaybookError
        If ``assumptions.toml`` is wrong; all faults at once.
    """
    faults: list[Fault] = []
    data = read_toml(Path(folder) / "assumptions.toml", faults)
    causes = causes_of(scenario)

    def says(entry: Mapping[str, Any]) -> str:
        text = str(entry["says"])
        # What somebody else wrote stays as it was written.
        return _(text) if Path(folder) == DATA else text

    values: dict[str, float] = {}
    about: dict[str, Assumption] = {}
    for code, numbers in causes.numbers.items():
        for kind, value in numbers.items():
            name = f"{code}.{kind}"
            entry = _entry(data, "day", kind, ("says", "unit", "times", "source"), faults)
            if entry is None:
                continue
            low, high = (value * times for times in entry["times"])
            most = 1.0 if entry["unit"] == "share" else math.inf
            about[name] = Assumption(
                name, says(entry), entry["unit"], low, min(high, most), entry["source"]
            )
            values[name] = value
    moment = moment_of(scenario)
    for key, raw in data.get("later", {}).items():
        if isinstance(raw, dict) and moment not in raw.get("moment", MOMENTS):
            continue
        name = f"later.{key}"  # unmarked: a key
        fields = ("says", "unit", "value", "range", "source")
        entry = _entry(data, "later", key, fields, faults)
        if entry is not None:
            low, high = entry["range"]
            about[name] = Assumption(name, says(entry), entry["unit"], low, high, entry["source"])
            values[name] = float(entry["value"])
    made = Assumptions(scenario, values, about, causes)
    # What is missing cannot be set against the rest.
    faults += [] if faults else _impossible(made, values, "assumptions.toml")
    if faults:
        raise PlaybookError(faults)
    return made


def _entry(
    data: Mapping[str, Any], table: str, key: str, fields: Iterable[str], faults: list[Fault]
) -> Mapping[str, Any] | None:
    entry = data.get(table, {}).get(key)
    where = f"[{table}.{key}]"
    if not isinstance(entry, dict):
        faults.append(Fault("assumptions.toml", where, "", _("it is missing"), _("add it")))
        return None
    missing = [name for name in fields if name not in entry]
    faults += [
        Fault("assumptions.toml", where, one, _("it is missing"), _("add it")) for one in missing
    ]
    for name in {"times", "range"}.intersection(entry):
        span = entry[name]
        if not (isinstance(span, list) and len(span) == 2 and span[0] <= span[1]):
            wrong, remedy = (
                _("{value} is no range").format(value=repr(span)),
                _("write two numbers, the lower one first"),
            )
            faults.append(Fault("assumptions.toml", where, name, wrong, remedy))
            missing.append(name)
    return None if missing else entry


def overlaid(assumptions: Assumptions, path: Path | str) -> Assumptions:
    """Lay a coach's own values over the assumptions.

    Parameters
    ----------
    path : path
        A TOML file with a table for each cause (``[overran]``) and one for the days after
        (``[later]``), of names and values; and, in place of the causes' weights, ``[mix]``: the share
        of every cause, 1 in all.

    Raises
    ------
    PlaybookError
        If anything in it is wrong; all faults at once, each with file, name and what would be right.
    """
    faults: list[Fault] = []
    file = Path(path).name
    data = read_toml(Path(path), faults)
    given: dict[str, Any] = {}
    for table, entries in data.items():
        if not isinstance(entries, dict):
            remedy = _("write a name as 'weight' below its [cause], or below [later]")
            faults.append(Fault(file, table, "", _("it stands in no table"), remedy))
            continue
        given |= {f"{table}.{key}": value for key, value in entries.items()}
    values = _known(assumptions, given, file, faults)
    if "mix" in data and not faults:
        faults += _mix_faults(assumptions, data["mix"], data, file)
    faults += _impossible(assumptions, values, file)
    if faults:
        raise PlaybookError(faults)
    return replace(assumptions, values={**assumptions.values, **values})


def checked_values(assumptions: Assumptions, given: Mapping[str, Any]) -> Assumptions:
    """Lay values over the assumptions, each by its name (``overran.free_to``, ``later.accept``).

    Raises
    ------
    PlaybookError
        If a name or a value is wrong; all faults at once, each with the cause and the kind that its
        name is made of, and what would be right.
    """
    faults: list[Fault] = []
    values = _known(assumptions, given, "", faults)
    faults += _impossible(assumptions, values, "")
    if faults:
        raise PlaybookError(faults)
    return replace(assumptions, values={**assumptions.values, **values})


def _held(value: float, about: Assumption) -> float:
    """Hold a value within what is possible."""
    most = 1.0 if about.unit == "share" else _MOST
    held = min(max(value, 0.0), most)
    return float(round(held)) if about.whole else held


def _known(
    assumptions: Assumptions, given: Mapping[str, Any], file: str, faults: list[Fault]
) -> dict[str, float]:
    """Take the numbers whose names are known; a share of the ``mix`` is a cause's weight."""
    values: dict[str, float] = {}
    tables = {one.partition(".")[0] for one in assumptions.about}
    for full, value in given.items():
        table, _dot, key = full.partition(".")
        name = f"{key}.weight" if table == "mix" else full
        if name not in assumptions.about:
            if table not in tables | {"mix"}:
                remedy = near(table, sorted(tables | {"mix"}), _("see docs/comparing.md"))
            elif table == "mix":
                remedy = near(key, sorted(tables - {"later"}), _("name a cause of this call"))
            else:
                own = [
                    k
                    for one in assumptions.about
                    for t, _dot, k in [one.partition(".")]
                    if t == table
                ]
                remedy = near(key, own, _("see docs/comparing.md"))
            faults.append(Fault(file, table, key, _("there is no such assumption"), remedy))
        elif isinstance(value, bool) or not isinstance(value, int | float):
            wrong = _("{value} is no number").format(value=repr(value))
            faults.append(Fault(file, table, key, wrong, _("write a number")))
        else:
            values[name] = float(value)
    return values


def _mix_faults(
    assumptions: Assumptions, mix: Mapping[str, float], data: Mapping[str, Any], file: str
) -> list[Fault]:
    codes = assumptions.causes.numbers
    twice = [code for code in codes if "weight" in data.get(code, {})]
    if twice:
        wrong = _("the mix and a cause's own weight contradict each other")
        return [Fault(file, twice[0], "weight", wrong, _("give either of them"))]
    absent = [code for code in codes if code not in mix]
    if absent:
        wrong = _("the share of {names} is missing").format(names=", ".join(absent))
        return [Fault(file, "mix", "", wrong, _("give the share of every cause"))]
    total = sum(mix.values())
    if abs(total - 1) > _MIX_TOLERANCE:
        wrong = _("the shares make {total} together").format(total=f"{total:g}")
        return [Fault(file, "mix", "", wrong, _("let them make 1"))]
    return []


def _impossible(assumptions: Assumptions, values: Mapping[str, float], file: str) -> list[Fault]:
    faults = []
    whole = {**assumptions.values, **values}
    for name, value in values.items():
        table, _dot, key = name.partition(".")
        about = assumptions.about[name]

        def fault(
            wrong: str, remedy: str, table: str = table, key: str = key, value: float = value
        ) -> Fault:
            return Fault(file, table, key, wrong.format(value=f"{value:g}"), remedy)

        if not math.isfinite(value) or value < 0:
            faults.append(fault(_("{value} is not possible"), _("use 0 or more")))
        elif about.unit == "share" and value > 1:
            faults.append(fault(_("{value} is no share"), _("use a number from 0 to 1")))
        elif about.whole and value != int(value):
            wrong = (
                _("{value} is not whole days")
                if about.unit.startswith("days")
                else _("{value} is not whole minutes")
            )
            faults.append(fault(wrong, _("use a whole number")))
        elif about.whole and value > _MOST:
            faults.append(fault(_("{value} is beyond any call"), _("use a smaller number")))
        stem, _at, end = name.rpartition("_")
        if end in {"from", "to"} and whole[f"{stem}_from"] > whole[f"{stem}_to"]:
            first, last = whole[f"{stem}_from"], whole[f"{stem}_to"]
            wrong = _("{value} contradicts the other end: from {first} to {last}").format(
                value=f"{value:g}", first=f"{first:g}", last=f"{last:g}"
            )
            faults.append(fault(wrong, _("let the earlier one come first")))
    codes = assumptions.causes.numbers
    opens = assumptions.base.opens
    for code in codes:
        soonest = soonest_ring(assumptions.causes, code, whole)
        changed = any(name.startswith(f"{code}.") for name in values)
        if changed and soonest is not None and soonest <= opens:
            wrong = _(
                "they may ring at minute {minute}, before the first decision ({opens})"
            ).format(minute=f"{soonest:g}", opens=opens)
            faults.append(Fault(file, code, "rings_from", wrong, _("let it begin later")))
    if codes and not any(whole.get(f"{code}.weight", 0) > 0 for code in codes):
        faults.append(
            Fault(file, "", "weight", _("no cause has a weight"), _("give one more than 0"))
        )
    return faults


def one_of(names: Mapping[str, Assumption], name: str) -> Assumption:
    """Find an assumption by name.

    Raises
    ------
    KitError
        If there is none of that name.
    """
    if name not in names:
        raise KitError(
            _("There is no assumption {name}; {remedy}.").format(
                name=repr(name[:60]), remedy=near(name, names, _("see the list"))
            )
        )
    return names[name]

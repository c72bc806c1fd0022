"""What would change the answer, without widgets: two policies, each assumption alone, and two together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from interview_coach.charts import Axis, Chart, tornado_chart, winners_chart
from interview_coach.comparing import Comparison, quoted, tornado, winners
from interview_coach.comparing.sensitivity import EQUAL
from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext
from interview_coach.panels.compare_choice import FIGURE_WORDS
from interview_coach.panels.compare_model import CompareModel, written

__all__ = ["Turns", "map_of", "pair_of", "turns_of", "variable"]

_FEWER_IS_BETTER = ("waiting_minutes", "calls")
_MOST = 5  # in words; the table has all
_SHARES = ("completed", "connected", "goodwill")
_UNITS = {"waiting_minutes": N_("minutes"), "calls": N_("calls")}


@dataclass(frozen=True)
class Turns:
    """What one assumption alone would have to be: a line, the strongest of them, and a drawing of all."""

    title: str
    says: tuple[str, ...]
    chart: Callable[[], Chart]


def pair_of(model: CompareModel) -> tuple[str, str]:
    """Give the two policies that are asked for; the best and the next that differs where none are.

    Raises
    ------
    KitError
        If fewer than two are compared, or one is asked for twice.
    """
    found = model.comparison
    if found is None or len(found.answers) < 2:
        raise KitError(_("It takes two policies to change places; choose two or more."))
    choice = model.choice
    values = {key: getattr(one, choice.figure).value for key, one in found.answers.items()}
    sign = 1 if choice.figure in _FEWER_IS_BETTER else -1
    order = sorted(values, key=lambda key: sign * values[key])
    first = (
        choice.first
        if choice.first in values
        else next(key for key in order if key != choice.second)
    )
    if choice.second in values:
        second = choice.second
    else:
        others = [key for key in order if key != first]
        # Two that read the same would only show what nobody can see.
        times = 100 if choice.figure in _SHARES else 1
        read = {key: f"{times * value:.0f}" for key, value in values.items()}
        apart = [key for key in others if read[key] != read[first]]
        second = (apart or others)[0]
    if first == second:
        raise KitError(
            _("{policy} is chosen twice; choose two different policies.").format(
                policy=quoted(first)
            )
        )
    return first, second


def turns_of(model: CompareModel, first: str, second: str) -> Turns:
    """Vary each assumption over its range."""
    found, figure = _found(model), model.choice.figure
    plans, about = found.plans, found.assumptions.about
    swings = tornado(found.assumptions, plans[first], plans[second], figure, found.within)
    times = 100 if figure in _SHARES else 1
    unit = _("points") if figure in _SHARES else _(_UNITS[figure])
    pair = {"first": quoted(first), "second": quoted(second)}
    turning = [swing for swing in swings if swing.switch is not None]
    turning.sort(key=lambda swing: -swing.width)
    moving = [swing for swing in swings if swing.width > EQUAL]
    rows = [
        {
            "assumption": model.label(swing.name),
            "value": written(swing.value, about[swing.name]),
            "low": written(swing.low, about[swing.name]),
            "high": written(swing.high, about[swing.name]),
            "difference": times * swing.difference,
            "at_low": times * swing.at_low,
            "at_high": times * swing.at_high,
            "switch": "" if swing.switch is None else written(swing.switch, about[swing.name]),
        }
        for swing in moving
    ]
    if not swings or abs(swings[0].difference) <= EQUAL:
        title = _("{first} and {second} come to the same as it is assumed now").format(**pair)
    elif turning:
        alone = _("{n} of {total} assumptions could, alone, let {first} and {second} change places")
        each = _(
            "{n} of {total} assumptions could, each alone, let {first} and {second} change places"
        )
        title = alone if 1 in (len(turning), len(swings)) else each
        title = title.format(n=len(turning), total=len(swings), **pair)
    else:
        title = ngettext(
            "None of {n} assumption, alone, lets {first} and {second} change places",
            "None of {n} assumptions, alone, lets {first} and {second} change places",
            len(swings),
        ).format(n=len(swings), **pair)
    columns = ["assumption", "value", "low", "high", "difference", "at_low", "at_high", "switch"]
    chart = partial(
        tornado_chart,
        pd.DataFrame(rows, columns=columns),
        title=title,
        axis=_("{figure}: {second} minus {first} ({unit})").format(
            figure=_(FIGURE_WORDS[figure]), unit=unit, **pair
        ),
        unit=unit,
        synthetic=model.synthetic,
    )
    says = [
        _("{assumption}: {value} instead of {assumed} ({unit})").format(
            assumption=model.label(swing.name),
            value=written(swing.switch, about[swing.name]),
            assumed=written(swing.value, about[swing.name]),
            unit=_(about[swing.name].unit),
        )
        for swing in turning[:_MOST]
        if swing.switch is not None
    ]
    if len(turning) > _MOST:
        says.append(_("and {n} more, in the table").format(n=len(turning) - _MOST))
    return Turns(title, tuple(says), chart)


def variable(model: CompareModel) -> list[tuple[str, str]]:
    """List the assumptions that a map can vary, as (name in words, name)."""
    about = _found(model).assumptions.about
    return [(model.label(name), name) for name, one in about.items() if one.low < one.high]


def map_of(model: CompareModel, first: str, second: str) -> Chart:
    """Map which of two policies is ahead over the two assumptions that are chosen.

    Raises
    ------
    KitError
        If one assumption is chosen twice.
    """
    found, choice = _found(model), model.choice
    names = [name for _words, name in variable(model)]
    # Of another call's causes: the usual two stand in.
    across = choice.across if choice.across in names else "later.accept"
    up = choice.up if choice.up in names else "later.unprompted"
    if across == up:
        raise KitError(_("A map needs two different assumptions; choose another one."))
    plans = [found.plans[key] for key in (first, second)]
    made = winners(found.assumptions, plans, across, up, choice.figure, found.within)
    values = found.assumptions.values
    axes = [
        Axis(_with_unit(model, name), axis.tolist(), values[name])
        for name, axis in ((across, made.across), (up, made.up))
    ]
    return winners_chart(
        made.winner, *axes, first=quoted(first), second=quoted(second), synthetic=model.synthetic
    )


def _with_unit(model: CompareModel, name: str) -> str:
    return _("{assumption} ({unit})").format(
        assumption=model.label(name), unit=_(model.usual.about[name].unit)
    )


def _found(model: CompareModel) -> Comparison:
    if model.comparison is None:
        raise KitError(_("No policy is chosen; choose two or more."))
    return model.comparison

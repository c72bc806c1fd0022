"""A comparison in sentences: what each policy buys, and for whom it does not matter.

Nothing here says how often anything happens: what is said holds under the assumptions, and says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.exact import Figure
from interview_coach.comparing.from_log import ENOUGH, Learnt
from interview_coach.comparing.saying import WORDS, quoted
from interview_coach.comparing.sensitivity import EQUAL, Swing
from interview_coach.comparing.side_by_side import Comparison
from interview_coach.language import N_, _, pgettext
from interview_coach.playbook import Playbook
from interview_coach.wording import (
    counted,
    decimals,
    number,
    of_total,
    percent,
    signed,
    three_digits,
)

__all__ = [
    "NO_FORECAST",
    "apart",
    "basis",
    "cause_words",
    "headline",
    "learnt_lines",
    "line",
    "named",
    "sentences",
    "switches",
    "that_day",
    "under_cause",
]

# Translated where it is shown.
NO_FORECAST = N_("This is a comparison under assumptions, no forecast for a person.")


def cause_words(assumptions: Assumptions, playbook: Playbook) -> dict[str, str]:
    """Name each cause in words: the reason, or, where that is known, what the interviewer does meanwhile."""
    scenario, codes = assumptions.base, playbook.codes.get("cause", {})
    return {
        one.name: codes.get(one.code, one.code)
        if one.key is None
        else scenario.words(one.during, free=_("a while later"))
        for one in scenario.cause
    }


def under_cause(assumptions: Assumptions, cause: str) -> str:
    """Say under which of the causes something is meant: ``When the reason is: ...``."""
    return _(WORDS[assumptions.moment].under).format(cause=cause)


def that_day(assumptions: Assumptions) -> tuple[str, str, str]:
    """Say what being connected is in this moment: in a sentence, in a word, and with "that day"."""
    if assumptions.moment == "you_missed_it":
        return (
            _("the interview is held that day"),
            pgettext("over a column: interviews that are", "held"),
            _("held that day"),
        )
    return (
        _("they speak that day"),
        pgettext("over a column: those who", "speak"),
        _("speak that day"),
    )


def named(name: str, assumptions: Assumptions, playbook: Playbook) -> str:
    """Name an assumption in words."""
    cause, says = name.partition(".")[0], assumptions.about[name].says
    words = cause_words(assumptions, playbook).get(cause)
    return says if words is None else _("{cause}: {says}").format(cause=words, says=says)


def headline(comparison: Comparison) -> str:
    """Say in a line with which policies most interviews take place, and with which fewest."""
    days = _days(comparison)
    answers = comparison.answers
    by = {key: percent(one.completed.value) for key, one in answers.items()}
    order = sorted(answers, key=lambda key: -answers[key].completed.value)
    best, worst = by[order[0]], by[order[-1]]
    if len(by) == 1:
        return _("With {policies}, {share} of interviews take place within {days}").format(
            policies=quoted(order[0]), share=best, days=days
        )
    if best == worst:
        return _(
            "It makes no difference within {days}: {share} of interviews take place with all of these"
        ).format(days=days, share=best)
    top, least = ([key for key in order if by[key] == one] for one in (best, worst))
    many = len(top), len(least)
    which = _("{n} of {total} policies").format(n=many[0], total=len(by))
    fewest = _("{n} of them").format(n=many[1])
    return _(
        "With {policies}, {share} of interviews take place within {days}; fewest with {fewest}: {least}"
    ).format(
        policies=which if many[0] > 2 else _list(top),
        share=best,
        days=days,
        fewest=fewest if many[1] > 2 else _list(least),
        least=worst,
    )


def _days(comparison: Comparison) -> str:
    return counted(comparison.within, "{n} day", "{n} days")


def sentences(comparison: Comparison, playbook: Playbook) -> list[str]:
    """Say what the comparison found, from what it rests on to what it is not."""
    said = [basis(comparison)]
    if len(comparison.answers) > 1:
        moment = WORDS[comparison.assumptions.moment]
        most = _(
            "Most interviews take place within {days} with {best}: {most}; fewest with {worst}: {least}."
        )
        same = _("Most interviews take place within {days} under none of these: all give {most}.")
        said.append(_best(comparison, "completed", most, same))
        said.append(_best(comparison, "connected", _(moment.held), _(moment.held_same)))
        said.append(_waits(comparison))
        said.append(_no_matter(comparison, playbook))
    return [*said, _(NO_FORECAST)]


def basis(comparison: Comparison) -> str:
    """Say what the figures rest on."""
    learnt = comparison.learnt
    title = comparison.assumptions.base.title
    if learnt is None:
        return _("“{title}”: under assumptions; none of the figures is from your data.").format(
            title=title
        )
    if not learnt.tells:
        return _(
            "“{title}”: assumptions, not your data: your log holds {cases} of this kind, and cannot say "
            "where the interviewer was by then."
        ).format(title=title, cases=counted(learnt.left_out, "{n} case", "{n} cases"))
    cases = counted(learnt.cases, "{n} case", "{n} cases")
    if not learnt.enough:
        said = _(
            "“{title}”: assumptions, not your data: your log holds {cases} of this kind, and {enough} "
            "are needed."
        ).format(title=title, cases=cases, enough=ENOUGH)
    else:
        said = _(
            "“{title}”: {what} from {cases} of your log, with the assumed mix as a start; all else is "
            "assumed."
        ).format(title=title, what=_known(learnt), cases=cases)
    if not learnt.left_out:
        return said
    beyond = counted(
        learnt.left_out,
        "{n} more case had no cause that this call knows.",
        "{n} more cases had no cause that this call knows.",
    )
    return f"{said} {beyond}"


def _known(learnt: Learnt) -> str:
    """Say what of the assumptions a log stands in for."""
    said = _("the mix of causes")
    for delay in learnt.delays:
        if delay.n >= ENOUGH:
            said = _("{before} and the delays of {cause} (n = {n})").format(
                before=said, cause=delay.cause, n=delay.n
            )
    return said


def _best(comparison: Comparison, figure: str, says: str, same: str) -> str:
    values = {key: getattr(one, figure).value for key, one in comparison.answers.items()}
    most, best, least, worst = _ends(values, percent)
    return (same if most == least else says).format(
        days=_days(comparison), best=_list(best), most=most, worst=_list(worst), least=least
    )


def _waits(comparison: Comparison) -> str:
    values = {key: one.waiting_minutes.value for key, one in comparison.answers.items()}
    most, long, least, short = _ends(values, number)
    moment = WORDS[comparison.assumptions.moment]
    return _(moment.wait_same if most == least else moment.wait).format(
        short=_list(short), least=least, long=_list(long), most=most
    )


def _ends(
    values: Mapping[str, float], write: Callable[[float], str]
) -> tuple[str, list[str], str, list[str]]:
    """Give the most and the least as they are written, each with all that read the same."""
    most, least = write(max(values.values())), write(min(values.values()))
    read = {key: write(value) for key, value in values.items()}
    return (
        most,
        [key for key, text in read.items() if text == most],
        least,
        [key for key, text in read.items() if text == least],
    )


def _no_matter(comparison: Comparison, playbook: Playbook) -> str:
    """Name the causes under which no policy brings both together more often than another."""
    words = cause_words(comparison.assumptions, playbook)
    moment = WORDS[comparison.assumptions.moment]
    by_cause = [one.by_cause for one in comparison.answers.values()]
    same = []
    for cause in by_cause[0]:
        chances = [one[cause] for one in by_cause]
        if percent(min(chances)) == percent(max(chances)):
            same.append(_(moment.talks).format(cause=words[cause], share=percent(chances[0])))
    if not same:
        return _(moment.matters)
    return _(moment.talks_same).format(causes="; ".join(same))


def line(comparison: Comparison, key: str) -> str:
    """Write one policy's figures in a line."""
    one = comparison.answers[key]
    # By its key, which is typed, and by what the sentences call it.
    called = quoted(key)
    return _(WORDS[comparison.assumptions.moment].line).format(
        policy=key if called == key else f"{key} ({called})",
        connected=_with_ends(one.connected),
        completed=_with_ends(one.completed),
        minutes=number(one.waiting_minutes.value, 1),
        calls=number(one.calls.value, 2),
    )


def _with_ends(figure: Figure) -> str:
    if figure.low == figure.high:
        return percent(figure.value)
    places = decimals(figure.low, figure.high)
    value, low, high = (percent(one, places) for one in (figure.value, figure.low, figure.high))
    return _("{value} ({low} to {high})").format(value=value, low=low, high=high)


def learnt_lines(learnt: Learnt) -> list[str]:
    """Write what a log says of each cause and delay, with its n and what was assumed."""
    lines = []
    for one in learnt.mix:
        places = decimals(one.low, one.high)
        lines.append(
            _(
                "{cause}: {n} cases; {assumed} assumed, both together {value} ({low} to {high})"
            ).format(
                cause=one.cause,
                n=of_total(one.n, one.N),
                assumed=percent(one.prior),
                value=percent(one.value, places),
                low=percent(one.low, places),
                high=percent(one.high, places),
            )
        )
    return lines + [
        _(
            "{cause}: late by {assumed} minutes on average as assumed, with the log's {cases} {value} "
            "({low} to {high})"
        ).format(
            cause=late.cause,
            assumed=number(late.prior),
            cases=counted(late.n, "{n} case", "{n} cases"),
            value=number(late.value),
            low=number(late.low),
            high=number(late.high),
        )
        for late in learnt.delays
    ]


def apart(comparison: Comparison) -> list[str]:
    """Write how much each simulated policy gives beyond the first, in the same runs."""
    if comparison.batch is None:
        return []
    base, lines = next(iter(comparison.plans)), []
    moment = WORDS[comparison.assumptions.moment]
    for key, found in comparison.batch.differences.items():
        completed = _more(
            found["completed"],
            _("completed {value} points ({low} to {high})"),
            _("completed as often"),
        )
        connected = _more(found["connected"], _(moment.more), _(moment.as_often))
        lines.append(
            _("{policy} beside {base}, in the same runs: {completed}, {connected}").format(
                policy=key, base=base, completed=completed, connected=connected
            )
        )
    return lines


def _more(figure: Figure, says: str, as_often: str) -> str:
    if figure.low == figure.value == figure.high == 0:
        return as_often
    # One digit more than a percentage point: the difference is known better than either figure.
    low, value, high = (signed(100 * end, 2) for end in (figure.low, figure.value, figure.high))
    return says.format(value=value, low=low, high=high)


def switches(
    swings: Iterable[Swing],
    comparison: Comparison,
    first: str,
    second: str,
    label: Callable[[str], str] | None = None,
) -> list[str]:
    """Say which assumption would have to be how different for the other policy to win.

    Parameters
    ----------
    label : callable, optional
        Names an assumption for a reader; without it its own name is given, with what it is.
    """
    swings = list(swings)
    pair = {"first": quoted(first), "second": quoted(second)}
    if all(abs(swing.difference) <= EQUAL for swing in swings):
        return [_("As things are assumed, {first} and {second} come to the same.").format(**pair)]
    found = [swing for swing in swings if swing.switch is not None]
    about = comparison.assumptions.about
    if not found:
        return [
            _(
                "No single assumption, within its range, lets {first} and {second} change places."
            ).format(**pair)
        ]
    name = label or (lambda key: f"{key} ({about[key].says})")
    return [
        _(
            "{first} and {second} change places if {assumption} is {value} instead of {assumed} {unit}."
        ).format(
            **pair,
            assumption=name(swing.name),
            value=three_digits(swing.switch),
            assumed=three_digits(swing.value),
            unit=_(about[swing.name].unit),
        )
        for swing in found
        if swing.switch is not None
    ]


def _list(keys: Sequence[str]) -> str:
    names = [quoted(key) for key in keys]
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])

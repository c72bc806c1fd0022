"""A comparison in sentences: what each policy buys, and for whom it does not matter.

Nothing here says how often anything happens: what is said holds under the assumptions, and says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.exact import Figure
from interview_coach.comparing.from_log import ENOUGH, Learnt
from interview_coach.comparing.moments import Moment
from interview_coach.comparing.sensitivity import EQUAL, Swing
from interview_coach.comparing.side_by_side import Comparison
from interview_coach.playbook import Playbook
from interview_coach.wording import counted, decimals, of_total, percent

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

NO_FORECAST = "This is a comparison under assumptions, no forecast for a person."


@dataclass(frozen=True)
class _Words:
    """How a moment speaks of what a comparison finds.

    Attributes
    ----------
    held : str
        That the interview is held on the day, as the beginning of a sentence about most.
    day : str
        The same in a word, before a share.
    wait : str
        What the average minutes are of.
    minutes : str
        What stands before the minutes in a line of figures.
    talk : str
        What may not depend on the policy.
    does : str
        What is said of the share with which it happens.
    where : str
        What tells one world from another.
    """

    held: str
    day: str
    wait: str
    minutes: str
    talk: str
    does: str
    where: str


_THEIRS = _Words(
    "Most speak before the wait ends",
    "speak",
    "wait",
    "waiting",
    "for the talk that day",
    "speak that day",
    "the reason is",
)
_WORDS: Mapping[Moment, _Words] = {
    "silent_phone": _THEIRS,
    "nobody_answers": _THEIRS,
    "nobody_joins": replace(
        _THEIRS, talk="for being in touch that day", does="are in touch that day"
    ),
    "you_missed_it": _Words(
        "Most interviews are held that same day",
        "held that day",
        "time until you are in touch or stop",
        "in touch or stopped after",
        "for being in touch that day",
        "are in touch that day",
        "they are",
    ),
}


def cause_words(assumptions: Assumptions, playbook: Playbook) -> dict[str, str]:
    """Name each cause in words: the reason, or, where that is known, what the interviewer does meanwhile."""
    scenario, codes = assumptions.base, playbook.codes.get("cause", {})
    return {
        one.name: codes.get(one.code, one.code)
        if one.key is None
        else scenario.words(one.during, free="a while later")
        for one in scenario.cause
    }


def under_cause(assumptions: Assumptions, cause: str) -> str:
    """Say under which of the causes something is meant: ``When the reason is: ...``."""
    return f"When {_WORDS[assumptions.moment].where}: {cause}"


def that_day(assumptions: Assumptions) -> tuple[str, str]:
    """Say what being connected is in this moment: in a sentence, and in a word before "that day"."""
    if assumptions.moment == "you_missed_it":
        return "the interview is held that day", "held"
    return "they speak that day", "speak"


def named(name: str, assumptions: Assumptions, playbook: Playbook) -> str:
    """Name an assumption in words."""
    cause, says = name.partition(".")[0], assumptions.about[name].says
    words = cause_words(assumptions, playbook).get(cause)
    return says if words is None else f"{words}: {says}"


def headline(comparison: Comparison) -> str:
    """Say in a line with which policies most interviews take place, and with which fewest."""
    within = f"within {counted(comparison.within, 'day')}"
    answers = comparison.answers
    by = {key: percent(one.completed.value) for key, one in answers.items()}
    order = sorted(answers, key=lambda key: -answers[key].completed.value)
    best, worst = by[order[0]], by[order[-1]]
    if len(by) == 1:
        return f"With {order[0]}, {best} of interviews take place {within}"
    if best == worst:
        return f"It makes no difference {within}: {best} of interviews take place with all of these"
    top, least = ([key for key in order if by[key] == one] for one in (best, worst))
    which = f"{len(top)} of {len(by)} policies" if len(top) > 2 else " and ".join(top)
    fewest = f"{len(least)} of them" if len(least) > 2 else " and ".join(least)
    return f"With {which}, {best} of interviews take place {within}; fewest with {fewest}: {worst}"


def sentences(comparison: Comparison, playbook: Playbook) -> list[str]:
    """Say what the comparison found, from what it rests on to what it is not."""
    said = [basis(comparison)]
    answers = comparison.answers
    if len(answers) > 1:
        within = f"take place within {counted(comparison.within, 'day')}"
        held = _WORDS[comparison.assumptions.moment].held
        said.append(_best(comparison, "completed", f"Most interviews {within}"))
        said.append(_best(comparison, "connected", held))
        said.append(_waits(comparison))
        said.append(_no_matter(comparison, playbook))
    return [*said, NO_FORECAST]


def basis(comparison: Comparison) -> str:
    """Say what the figures rest on."""
    learnt = comparison.learnt
    title = comparison.assumptions.base.title
    if learnt is None:
        return f"“{title}”: under assumptions; none of the figures is from your data."
    if not learnt.tells:
        return (
            f"“{title}”: assumptions, not your data: your log holds "
            f"{counted(learnt.left_out, 'case')} of this kind, and cannot say where the interviewer was by "
            "then."
        )
    beyond = (
        f" {counted(learnt.left_out, 'more case')} had no cause that this call knows."
        if learnt.left_out
        else ""
    )
    if not learnt.enough:
        return (
            f"“{title}”: assumptions, not your data: your log holds {counted(learnt.cases, 'case')} "
            f"of this kind, and {ENOUGH} are needed.{beyond}"
        )
    late = [delay for delay in learnt.delays if delay.n >= ENOUGH]
    of_delays = "".join(f" and the delays of {delay.cause} (n = {delay.n})" for delay in late)
    return (
        f"“{title}”: the mix of causes{of_delays} from {counted(learnt.cases, 'case')} of your log, "
        f"with the assumed mix as a start; all else is assumed.{beyond}"
    )


def _best(comparison: Comparison, figure: str, lead: str) -> str:
    values = {key: getattr(one, figure).value for key, one in comparison.answers.items()}
    most, best, least, worst = _ends(values, percent)
    if most == least:
        return f"{lead} under none of these: all give {most}."
    return f"{lead} with {_list(best)}: {most}; fewest with {_list(worst)}: {least}."


def _waits(comparison: Comparison) -> str:
    values = {key: one.waiting_minutes.value for key, one in comparison.answers.items()}
    most, long, least, short = _ends(values, lambda minutes: f"{minutes:.0f}")
    wait = _WORDS[comparison.assumptions.moment].wait
    if most == least:
        return f"The {wait} is the same with all: {least} minutes on average."
    return (
        f"The shortest {wait} is with {_list(short)}: {least} minutes on average; the longest "
        f"with {_list(long)}: {most}."
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
    moment = _WORDS[comparison.assumptions.moment]
    by_cause = [one.by_cause for one in comparison.answers.values()]
    same = []
    for cause in by_cause[0]:
        chances = [one[cause] for one in by_cause]
        if percent(min(chances)) == percent(max(chances)):
            same.append(f"{words[cause]} ({percent(chances[0])} {moment.does})")
    if not same and moment.where == "they are":
        return "As assumed, it matters wherever they are which of these is followed."
    if not same:
        return "As assumed, it matters under every cause which of these is followed."
    return (
        f"As assumed, it does not matter {moment.talk} which of these is followed where "
        f"{moment.where}: {'; '.join(same)}."
    )


def line(comparison: Comparison, key: str) -> str:
    """Write one policy's figures in a line."""
    one = comparison.answers[key]
    shares, moment = [], _WORDS[comparison.assumptions.moment]
    for name, figure in ((moment.day, one.connected), ("completed", one.completed)):
        if figure.low == figure.high:
            shares.append(f"{name} {percent(figure.value)}")
        else:
            places = decimals(figure.low, figure.high)
            ends = f"{percent(figure.low, places)} to {percent(figure.high, places)}"
            shares.append(f"{name} {percent(figure.value, places)} ({ends})")
    return (
        f"{key}: {', '.join(shares)}, {moment.minutes} {one.waiting_minutes.value:.1f} minutes, "
        f"{one.calls.value:.2f} calls"
    )


def learnt_lines(learnt: Learnt) -> list[str]:
    """Write what a log says of each cause and delay, with its n and what was assumed."""
    lines = []
    for one in learnt.mix:
        places = decimals(one.low, one.high)
        lines.append(
            f"{one.cause}: {of_total(one.n, one.N)} cases; {percent(one.prior)} assumed, both together "
            f"{percent(one.value, places)} ({percent(one.low, places)} to {percent(one.high, places)})"
        )
    return lines + [
        f"{late.cause}: late by {late.prior:.0f} minutes on average as assumed, with the log's "
        f"{counted(late.n, 'case')} {late.value:.0f} ({late.low:.0f} to {late.high:.0f})"
        for late in learnt.delays
    ]


def apart(comparison: Comparison) -> list[str]:
    """Write how much each simulated policy gives beyond the first, in the same runs."""
    if comparison.batch is None:
        return []
    base, lines = next(iter(comparison.plans)), []
    day = _WORDS[comparison.assumptions.moment].day
    for key, found in comparison.batch.differences.items():
        parts = [_more(found["completed"], "completed"), _more(found["connected"], day)]
        lines.append(f"{key} beside {base}, in the same runs: {', '.join(parts)}")
    return lines


def _more(figure: Figure, word: str) -> str:
    if figure.low == figure.value == figure.high == 0:
        return f"{word} as often"
    # One digit more than a percentage point: the difference is known better than either figure.
    low, value, high = (f"{100 * end:+.2f}" for end in (figure.low, figure.value, figure.high))
    return f"{word} {value} points ({low} to {high})"


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
    if all(abs(swing.difference) <= EQUAL for swing in swings):
        return [f"As things are assumed, {first} and {second} come to the same."]
    found = [swing for swing in swings if swing.switch is not None]
    about = comparison.assumptions.about
    if not found:
        return [f"No single assumption, within its range, lets {first} and {second} change places."]
    name = label or (lambda key: f"{key} ({about[key].says})")
    return [
        f"{first} and {second} change places if {name(swing.name)} is "
        f"{swing.switch:.3g} instead of {swing.value:.3g} {about[swing.name].unit}."
        for swing in found
    ]


def _list(names: Sequence[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"

"""What a chart of rates says in words: its title, its alt text, its table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from interview_coach.charts.figures import (
    EMPTY,
    FEW_CASES,
    HIDDEN,
    OUTSIDE,
    RATE,
    UNKNOWN,
    Rates,
    Row,
    shown,
)
from interview_coach.wording import (
    FEW,
    counted,
    decimals,
    first_upper,
    of_total,
    percent,
    plural,
    rate_in_brackets,
    rate_sentence,
)

__all__ = [
    "Subject",
    "alt_text",
    "hidden_title",
    "how_many",
    "key",
    "listed",
    "rate_cells",
    "table",
    "title",
    "told",
]


@dataclass(frozen=True)
class Subject:
    """What is counted (`noun`, in the singular) and what happened to it (`done`)."""

    noun: str = "call"
    done: str = "missed"

    @property
    def many(self) -> str:
        """What is counted, in the plural."""
        return plural(self.noun)

    @property
    def share(self) -> str:
        """The rate in words: ``calls missed``."""
        return f"{self.many} {self.done}"

    def sentence(self, row: Row) -> str:
        """Say one rate in a sentence, without its full stop."""
        return rate_sentence(row._asdict(), self.noun, self.done)


def listed(names: Sequence[str]) -> str:
    """Write names as a list: ``A, B and C``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def how_many(count: int, total: int, thing: str) -> str:
    """Begin a sentence: ``None of the 4 months``, ``Neither of the 2``, ``3 of the 4``, ``Both``."""
    if total > 1 and count == total:
        return f"{'Both' if total == 2 else f'All {total:,}'} {plural(thing)}"
    some = f"{count:,}" if count else "Neither" if total == 2 else "None"
    return f"{some} of the {counted(total, thing)}"


def hidden_title(hidden: int, thing: str) -> str:
    """Say that nothing can be said, of rows that are all hidden."""
    return (
        f"{how_many(hidden, hidden, thing)} are hidden"
        if hidden > 1
        else f"The only {thing} is hidden"
    )


def title(rates: Rates, subject: Subject, thing: str) -> str:
    """Say what the rates show, no more than they do, and nothing of those that are hidden.

    Parameters
    ----------
    rates : Rates
        With `overall` where standing out may be claimed.
    subject : Subject
        What is counted.
    thing : str
        What the rows are, in the singular: group, month.
    """
    rows = shown(rates.rows)
    hidden = sum(row.kind == HIDDEN for row in rates.rows)
    if not rows:
        return hidden_title(hidden, thing) if hidden else f"No {subject.many} to count yet"
    if len(rows) == 1:
        said = f"{rows[0].name}: {subject.sentence(rows[0])}"
        if not hidden:
            return said
        return (
            f"{said}; {counted(hidden, f'other {thing}')} {'is' if hidden == 1 else 'are'} hidden"
        )
    enough = [row for row in rows if row.N >= FEW]
    every = f"every {thing}" + (" that is shown" if hidden else "")
    if not enough:
        return f"Too few {subject.many} in {every} to compare"
    if rates.overall is None:
        least = min(enough, key=lambda row: row.value)
        most = max(reversed(enough), key=lambda row: row.value)
        of_those = f"Of the {len(rows)} {plural(thing)} shown, from" if hidden else "From"
        return (
            f"{of_those} {percent(least.value)} ({least.name}) to {percent(most.value)} "
            f"({most.name}) of {subject.share}"
        )
    overall = percent(rates.overall)
    out = [row for row in enough if row.kind == OUTSIDE]
    of_enough = " shown" if hidden else ""
    of_enough += "" if len(enough) == len(rows) else f" with {FEW} {subject.many} or more"
    if not out and len(enough) == 1:
        that = f"{thing} that is shown" if hidden else thing
        return f"Only one {that} has {FEW} {subject.many} or more: too few to compare"
    if not out:
        return (
            f"{how_many(0, len(enough), thing)}{of_enough} stands out: "
            f"{overall} of {subject.share} overall"
        )
    if len(out) == 1:
        return (
            f"{out[0].name} stands out: {percent(out[0].value)} of {subject.share}, "
            f"{overall} overall"
        )
    those = how_many(len(out), len(enough), thing)
    return f"{those}{of_enough} stand out from the overall {overall} of {subject.share}"


def key(
    rates: Rates,
    subject: Subject,
    *,
    counts: str = "with its 95% interval and its counts",
    shapes: dict[str, str] | None = None,
) -> str:
    """Say what each kind of mark means that the figure has, and no other.

    Parameters
    ----------
    rates : Rates
        As drawn.
    subject : Subject
        What is counted.
    counts : str
        What stands at a mark.
    shapes : dict of str, optional
        For hidden rows that have a mark: the words for its shape, by the reason.
    """
    kinds = {row.kind for row in rates.rows}
    parts = []
    if RATE in kinds:
        parts.append(f"Dot: rate, {counts}.")
    if OUTSIDE in kinds:
        parts.append("Square: outside ordinary noise.")
    if FEW_CASES in kinds:
        parts.append(f"Grey diamond: few cases, under {FEW} {subject.many}.")
    if UNKNOWN in kinds:
        parts.append("Grey triangle: not known or not recorded.")
    parts.extend(f"{first_upper(why)} ({shape})." for why, shape in (shapes or {}).items())
    if rates.overall is not None and len(rates.rows) > 1:
        parts.append("Dashed line: overall. Pale band: ordinary noise around it (3 sigma).")
    return " ".join(parts)


def told(row: Row) -> str:
    """Say a row in a few words, with all its numbers."""
    if row.kind == HIDDEN:
        return f"{row.name}: {row.reason}"
    if row.kind == EMPTY:
        return f"{row.name}: no cases"
    return f"{row.name}: {of_total(row.n, row.N)} ({rate_in_brackets(row._asdict())})"


def alt_text(heading: str, of: str, says: Sequence[str], *, synthetic: bool, caption: str) -> str:
    """Say a chart in words.

    Parameters
    ----------
    heading : str
        Its title.
    of : str
        What it is a chart of: ``3 groups``.
    says : sequence of str
        For each mark its numbers.
    synthetic : bool
        Whether the data is invented.
    caption : str
        Said at the end; may be empty.
    """
    parts = [f"Chart of {of}. {heading}."]
    if synthetic:
        parts.append("Synthetic data.")
    if says:
        parts.append("; ".join(says) + ".")
    if caption:
        parts.append(caption)
    return " ".join(parts)


def rate_cells(row: Row) -> tuple[str, str, str, str]:
    """Give the cells of a table for one rate: numerator, denominator, rate, interval."""
    if row.kind == HIDDEN:
        return "", "", row.reason, ""
    n, total = f"{row.n:,}", f"{row.N:,}"
    if row.kind == EMPTY:
        return n, total, "no cases", ""
    places = decimals(row.low, row.high)
    few = "few cases: " if row.N < FEW else ""
    interval = f"{percent(row.low, places)} to {percent(row.high, places)}"
    return n, total, few + percent(row.value, places), interval


def table(rows: Iterable[Row], subject: Subject, thing: str) -> pd.DataFrame:
    """Give the table to show: names, counts, rate and interval as text."""
    head = [
        thing.capitalize(),
        subject.done.capitalize(),
        f"Of {subject.many}",
        "Rate",
        "95% interval",
    ]
    return pd.DataFrame([(row.name, *rate_cells(row)) for row in rows], columns=head)

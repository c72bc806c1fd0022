"""What a chart of rates says in words: its title, its alt text, its table."""

from collections.abc import Iterable, Sequence

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
from interview_coach.language import _, ngettext
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import (
    FEW,
    decimals,
    first_upper,
    number,
    of_total,
    percent,
    rate_in_brackets,
)

__all__ = [
    "alt_text",
    "hidden_title",
    "interval",
    "key",
    "rate_cells",
    "rate_heads",
    "table",
    "title",
    "told",
    "unreliable",
]


def hidden_title(hidden: int, thing: Thing) -> str:
    """Say that nothing can be said, of rows that are all hidden."""
    if hidden == 1:
        return _("The only {thing} is hidden").format(thing=thing.one)
    if hidden == 2:
        return _("Both {things} are hidden").format(things=thing.many)
    return _("All {things} are hidden").format(things=thing.counted(hidden))


def unreliable(calls: str, count: int) -> str:
    """Say that some calls, in words, are left out for their dates."""
    says = ngettext(
        "{calls} has a date that cannot be relied on.",
        "{calls} have dates that cannot be relied on.",
        count,
    )
    return says.format(calls=calls)


def interval(low: float, high: float, places: int) -> str:
    """Write an interval for a table: ``12% to 36%``."""
    return _("{low} to {high}").format(low=percent(low, places), high=percent(high, places))


def title(rates: Rates, subject: Subject, thing: Thing) -> str:
    """Say what the rates show, no more than they do, and nothing of those that are hidden.

    Parameters
    ----------
    rates : Rates
        With `overall` where standing out may be claimed.
    subject : Subject
        What is counted.
    thing : Thing
        What the rows are: group, month.
    """
    rows = shown(rates.rows)
    hidden = sum(row.kind == HIDDEN for row in rates.rows)
    if not rows:
        if hidden:
            return hidden_title(hidden, thing)
        return _("No {calls} to count yet").format(calls=subject.many)
    if len(rows) == 1:
        said = _("{name}: {words}").format(
            name=rows[0].name, words=subject.sentence(rows[0]._asdict())
        )
        if not hidden:
            return said
        says = ngettext("{words}; {things} is hidden", "{words}; {things} are hidden", hidden)
        return says.format(words=said, things=thing.others(hidden))
    enough = [row for row in rows if row.N >= FEW]
    if not enough:
        says = (
            _("Too few {calls} in every {thing} that is shown to compare")
            if hidden
            else _("Too few {calls} in every {thing} to compare")
        )
        return says.format(calls=subject.many, thing=thing.one)
    if rates.overall is None:
        least = min(enough, key=lambda row: row.value)
        most = max(reversed(enough), key=lambda row: row.value)
        says = (
            _("Of the {things} shown, from {least} ({first}) to {most} ({last}) of {share}")
            if hidden
            else _("From {least} ({first}) to {most} ({last}) of {share}")
        )
        filled = {"things": thing.counted(len(rows))} if hidden else {}
        return says.format(
            least=percent(least.value),
            first=least.name,
            most=percent(most.value),
            last=most.name,
            share=subject.share,
            **filled,
        )
    return _standing_out(rows, enough, rates.overall, subject, thing, hidden=bool(hidden))


def _standing_out(
    rows: list[Row],
    enough: list[Row],
    level: float,
    subject: Subject,
    thing: Thing,
    *,
    hidden: bool,
) -> str:
    overall = percent(level)
    out = [row for row in enough if row.kind == OUTSIDE]
    if not out and len(enough) == 1:
        says = (
            _("Only one {thing} that is shown has {few} {calls} or more: too few to compare")
            if hidden
            else _("Only one {thing} has {few} {calls} or more: too few to compare")
        )
        return says.format(thing=thing.one, few=FEW, calls=subject.many)
    if len(out) == 1:
        return _("{name} stands out: {rate} of {share}, {overall} overall").format(
            name=out[0].name, rate=percent(out[0].value), share=subject.share, overall=overall
        )
    some = len(enough) < len(rows)
    both = len(enough) == 2
    if len(out) == len(enough):
        says = (
            _("Both {things} stand out from the overall {overall} of {share}")
            if both
            else _("All {things} stand out from the overall {overall} of {share}")
        )
        named = thing.many if both else thing.counted(len(enough))
        named = _qualified(named, subject, hidden=hidden, some=some)
        return says.format(things=named, overall=overall, share=subject.share)
    named = _qualified(thing.counted(len(enough)), subject, hidden=hidden, some=some)
    if out:
        return _("{n} of the {things} stand out from the overall {overall} of {share}").format(
            n=number(len(out)), things=named, overall=overall, share=subject.share
        )
    says = (
        _("Neither of the {things} stands out: {overall} of {share} overall")
        if both
        else _("None of the {things} stands out: {overall} of {share} overall")
    )
    return says.format(things=named, overall=overall, share=subject.share)


def _qualified(things: str, subject: Subject, *, hidden: bool, some: bool) -> str:
    """Say of which rows a title speaks, where it does not speak of all."""
    if hidden and some:
        says = _("{things} shown with {few} {calls} or more")
    elif some:
        says = _("{things} with {few} {calls} or more")
    else:
        return _("{things} shown").format(things=things) if hidden else things
    return says.format(things=things, few=FEW, calls=subject.many)


def key(
    rates: Rates,
    subject: Subject,
    *,
    dot: str = "",
    shapes: dict[str, str] | None = None,
) -> str:
    """Say what each kind of mark means that the figure has, and no other.

    Parameters
    ----------
    rates : Rates
        As drawn.
    subject : Subject
        What is counted.
    dot : str
        What a dot is; with its interval and its counts if left out.
    shapes : dict of str, optional
        For hidden rows that have a mark: the words for its shape, by the reason.
    """
    kinds = {row.kind for row in rates.rows}
    parts = []
    if RATE in kinds:
        parts.append(dot or _("Dot: rate, with its 95% interval and its counts."))
    if OUTSIDE in kinds:
        parts.append(_("Square: outside ordinary noise."))
    if FEW_CASES in kinds:
        says = _("Grey diamond: few cases, under {few} {calls}.")
        parts.append(says.format(few=FEW, calls=subject.many))
    if UNKNOWN in kinds:
        parts.append(_("Grey triangle: not known or not recorded."))
    parts.extend(
        _("{reason} ({shape}).").format(reason=first_upper(why), shape=shape)
        for why, shape in (shapes or {}).items()
    )
    if rates.overall is not None and len(rates.rows) > 1:
        parts.append(_("Dashed line: overall. Pale band: ordinary noise around it (3 sigma)."))
    return " ".join(parts)


def told(row: Row) -> str:
    """Say a row in a few words, with all its numbers."""
    if row.kind == HIDDEN:
        words = row.reason
    elif row.kind == EMPTY:
        words = _("no cases")
    else:
        words = _("{words} ({rate})").format(
            words=of_total(row.n, row.N), rate=rate_in_brackets(row._asdict())
        )
    return _("{name}: {words}").format(name=row.name, words=words)


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
    parts = [_("Chart of {things}. {title}.").format(things=of, title=heading)]
    if synthetic:
        parts.append(_("Synthetic data."))
    if says:
        parts.append("; ".join(says) + ".")
    if caption:
        parts.append(caption)
    return " ".join(parts)


def rate_cells(row: Row) -> tuple[str, str, str, str]:
    """Give the cells of a table for one rate: numerator, denominator, rate, interval."""
    if row.kind == HIDDEN:
        return "", "", row.reason, ""
    n, total = number(row.n), number(row.N)
    if row.kind == EMPTY:
        return n, total, _("no cases"), ""
    places = decimals(row.low, row.high)
    rate = percent(row.value, places)
    if row.N < FEW:
        rate = _("few cases: {words}").format(words=rate)
    return n, total, rate, interval(row.low, row.high, places)


def rate_heads(subject: Subject) -> list[str]:
    """Give what stands above these cells."""
    return [
        first_upper(subject.did),
        _("Of {calls}").format(calls=subject.many),
        _("Rate"),
        _("95% interval"),
    ]


def table(rows: Iterable[Row], subject: Subject, thing: Thing) -> pd.DataFrame:
    """Give the table to show: names, counts, rate and interval as text."""
    head = [thing.head, *rate_heads(subject)]
    return pd.DataFrame([(row.name, *rate_cells(row)) for row in rows], columns=head)

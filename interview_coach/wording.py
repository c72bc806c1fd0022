"""Numbers in words: percentages with as many digits as they deserve, and sentences that agree.

Measures, charts, panels and reports all print through here, so that a figure reads the same
wherever it stands, and a rule about digits or few cases is in one place.
"""

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from interview_coach.language import ENGLISH, N_, _, current, ngettext

__all__ = [
    "BY_CHANCE",
    "FEW",
    "Tally",
    "all_but",
    "counted",
    "decimals",
    "duration",
    "first_lower",
    "first_upper",
    "half_duration",
    "half_sentence",
    "number",
    "of_total",
    "percent",
    "plain_percent",
    "plural",
    "points",
    "rate_in_brackets",
    "rate_sentence",
    "signed",
    "span_words",
    "three_digits",
    "time_span",
    "verb",
]

# Under this many in the denominator a rate is shown, in grey, with the words "few cases" [METRICS].
FEW = 10
# Of comparisons beside each other, each with an interval of 95%. Translated where it is shown.
BY_CHANCE = N_("of 20 such comparisons about one would seem to differ by chance alone")

_HOUR, _DAY = 60, 24 * 60


def decimals(low: float, high: float) -> int:
    """Say how many decimals a percentage may show, given its interval.

    The last digit shown is never finer than a tenth of the interval's half width: one decimal from
    plus or minus one percentage point down, two from a tenth of a point down.

    Parameters
    ----------
    low, high : float
        Ends of the interval, as fractions from 0 to 1; NaN where there is none.

    Returns
    -------
    int
        0, 1 or 2.
    """
    half = (high - low) / 2 * 100
    if math.isnan(half) or half <= 0:
        return 0
    # Rounded, so that an interval of exactly one point does not depend on the last bit.
    return min(2, max(0, math.floor(1 - math.log10(round(half, 9)) + 1e-12)))


def percent(value: float, places: int = 0) -> str:
    """Write a fraction as a percentage, halves rounded up as people do.

    A fraction that is not 0 never reads "0%", nor one below 1 "100%": they read "under 1%" and
    "over 99%" (or 0.1% and 99.9% with one decimal).

    Parameters
    ----------
    value : float
        From 0 to 1; NaN reads "no figure".
    places : int
        Decimals, as `decimals` allows.
    """
    if math.isnan(value):
        return _("no figure")
    if value in (0, 1):
        return _signed(Decimal(int(value) * 100), 0)
    unit, shown = Decimal(1).scaleb(-places), _rounded(value, places)
    if shown == 0:
        return _("under {percentage}").format(percentage=_signed(unit, places))
    if shown == 100:
        return _("over {percentage}").format(percentage=_signed(100 - unit, places))
    return _signed(shown, places)


def all_but(value: float, places: int = 0) -> bool:
    """Say whether a fraction is so near to none or all that its percentage says "under" or "over"."""
    return 0 < value < 1 and _rounded(value, places) in (0, 100)


def _rounded(value: float, places: int) -> Decimal:
    # Twelve digits hide what binary fractions add to a plain 12.5.
    return Decimal(f"{value * 100:.12f}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _signed(hundredths: Decimal, places: int) -> str:
    if current() == ENGLISH:
        return f"{hundredths}%"
    from babel.core import Locale
    from babel.numbers import format_percent

    # Where the sign stands, and with what between, is the language's; the digits are ours.
    pattern = Locale.parse(current()).percent_formats[None].pattern
    digits = "#,##0" + ("." + "0" * places if places else "")
    return format_percent(hundredths / 100, pattern.replace("#,##0", digits), locale=current())


def plain_percent(value: float, places: int = 0) -> str:
    """Write a percentage as it stands at an axis: rounded, and 0 as 0."""
    return _signed(Decimal(f"{value * 100:.{places}f}"), places)


def number(value: float | Decimal, places: int = 0) -> str:
    """Write a number as the reader does: ``1,233``, and in Spanish ``1.233``."""
    if current() == ENGLISH:
        return f"{value:,.{places}f}"
    from babel.numbers import format_decimal

    digits = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(Decimal(f"{value:.{places}f}"), digits, locale=current())


def signed(value: float, places: int = 0) -> str:
    """Write a difference with its sign: ``+2.0``, and in Spanish ``+2,0``."""
    return f"{value:+.{places}f}"[0] + number(abs(value), places)


def three_digits(value: float) -> str:
    """Write a number with three digits that count, as it may be typed: ``0.25``, ``12.5``, ``60``."""
    text = f"{value:.3g}"
    return text if "e" in text else number(Decimal(text), len(text.partition(".")[2]))


def plural(one: str) -> str:
    """Write an English noun in the plural: ``calls``, ``coaches``, ``parties``.

    For parts that are not translated yet; those that are have both forms in the catalogue.
    """
    if one.endswith("y") and one[-2:-1] not in "aeiou":
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("s", "x", "ch", "sh")) else f"{one}s"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: ``1 call``, ``1,233 calls``.

    Parameters
    ----------
    count : int
        How many.
    one, many : str
        Both forms with the number's place in them, ``"{n} missed call"`` and ``"{n} missed calls"``:
        so they stand in the catalogue. A bare noun is English only (`plural`).
    """
    if "{n}" in one:
        return ngettext(one, many or one, count).format(n=number(count))
    return f"{count:,} {one if count == 1 else many or plural(one)}"


def of_total(n: int, total: int) -> str:
    """Write a numerator and its denominator: ``783 of 1,233``."""
    return _("{n} of {total}").format(n=number(n), total=number(total))


def verb(n: int, total: int, forms: tuple[str, str] = ("was", "were")) -> str:
    """Choose the verb after ``n of total calls``: that for one where either number is 1.

    For English only; a part that is translated takes whole sentences from `ngettext`.
    """
    return forms[0] if 1 in (n, total) else forms[1]


def rate_in_brackets(row: Mapping[str, Any]) -> str:
    """Write a rate with its interval: ``21%, between 12% and 36%``.

    Parameters
    ----------
    row : mapping
        With `N`, `value`, `low` and `high` (fractions), as a row of a measure.
    """
    total, low, high = int(row["N"]), float(row["low"]), float(row["high"])
    places = decimals(low, high)
    text = _("{rate}, between {low} and {high}").format(
        rate=percent(float(row["value"]), places),
        low=percent(low, places),
        high=percent(high, places),
    )
    return _("few cases: {words}").format(words=text) if total < FEW else text


class Tally(NamedTuple):
    """What is counted and what happened to it, in whole sentences, marked where they are written.

    Attributes
    ----------
    none : str
        Where there is nothing to count: ``N_("There are no calls to count yet")``.
    of_one : str
        Of one alone: ``N_("{n} of {total} call was missed")``.
    of_many : pair of str
        Of several; `ngettext` chooses by `n`: ``ngettext_noop("{n} of {total} calls was missed",
        "{n} of {total} calls were missed")``.
    """

    none: str
    of_one: str
    of_many: tuple[str, str]


def rate_sentence(
    row: Mapping[str, Any],
    noun: str | Tally = "call",
    done: str = "missed",
    *,
    were: tuple[str, str] = ("was", "were"),
    filled: Mapping[str, str] | None = None,
) -> str:
    """Say a rate in one sentence, without its full stop.

    Parameters
    ----------
    row : mapping
        With `n`, `N`, `value`, `low` and `high`, as a row of a measure.
    noun : Tally or str
        The sentences. A bare noun in the singular is English only, and `done` and `were` go with it:
        what happened to it, and the verb for one and for any other number.
    filled : mapping of str, optional
        What else stands in braces in the sentences.

    Returns
    -------
    str
        Such as ``9 of 42 calls were missed (21%, between 12% and 36%)``.
    """
    n, total = int(row["n"]), int(row["N"])
    if isinstance(noun, Tally):
        if total == 0:
            return _(noun.none)
        said = _(noun.of_one) if total == 1 else ngettext(*noun.of_many, n)
        said = said.format(n=number(n), total=number(total), **(filled or {}))
        return _("{words} ({rate})").format(words=said, rate=rate_in_brackets(row))
    if total == 0:
        return f"There are no {plural(noun)} to count yet"  # unmarked: English only
    things = noun if total == 1 else plural(noun)
    return f"{of_total(n, total)} {things} {verb(n, total, were)} {done} ({rate_in_brackets(row)})"


def _nearest(number: float) -> int:
    return math.floor(number + 0.5)


def duration(
    minutes: float, precision: float = 0, *, whole: Callable[[float], int] = _nearest
) -> str:
    """Write a duration in the unit that suits it and its precision: ``50 minutes``, ``8 days``.

    Parameters
    ----------
    minutes : float
        NaN reads "no figure".
    precision : float
        Half the width of the interval around it, in minutes; 0 where it is exact. Nothing finer than
        the precision is written.
    whole : callable
        Makes a whole number of units: `math.ceil` for "within so long", which must not be too short.
    """
    if math.isnan(minutes):
        return _("no figure")
    for unit, size in (("minute", 1), ("hour", _HOUR), ("day", _DAY)):
        count = whole(minutes / size)
        larger = _DAY if size == _HOUR else _HOUR
        if unit == "day" or (count < 2 * larger / size and precision < larger):
            break
    if count == 0 < minutes:
        return {
            "minute": _("under 1 minute"),
            "hour": _("under 1 hour"),
            "day": _("under 1 day"),
        }[unit]
    if unit == "minute":
        return counted(count, "{n} minute", "{n} minutes")
    if unit == "hour":
        return counted(count, "{n} hour", "{n} hours")
    return counted(count, "{n} day", "{n} days")


def time_span(minutes: int) -> str:
    """Write a span of whole minutes exactly, in its two largest units: ``2 hours 5 minutes``."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = (
        (days, counted(days, "{n} day", "{n} days")),
        (hours, counted(hours, "{n} hour", "{n} hours")),
        (left, counted(left, "{n} minute", "{n} minutes")),
    )
    words = [said for count, said in parts if count]
    if len(words) < 2:
        return words[0] if words else _("less than a minute")
    return _("{longer} {shorter}").format(longer=words[0], shorter=words[1])


def half_duration(middle: float, low: float, high: float) -> str:
    """Write the time within which half were completed, rounded up: by then it must be half.

    Parameters
    ----------
    middle, low, high : float
        The median and its interval, in minutes; NaN where it has no end that is known.
    """
    known = not (math.isnan(low) or math.isnan(high))
    return duration(middle, (high - low) / 2 if known else 0, whole=math.ceil)


def span_words(
    low: float, high: float, precision: float, *, outward: bool = True
) -> tuple[str, str]:
    """Write the two ends of a span of time: ``7``, ``10 days``; the unit once where both share it.

    Parameters
    ----------
    low, high, precision : float
        In minutes, as for `duration`.
    outward : bool
        Whether the ends are rounded away from each other, as those of an interval.
    """
    down, up = (math.floor, math.ceil) if outward else (_nearest, _nearest)
    first, last = duration(low, precision, whole=down), duration(high, precision, whole=up)
    number, _blank, unit = first.rpartition(" ")
    # One and several differ by their ending at most, which both languages have.
    if last.split()[-1].rstrip("s") == unit.rstrip("s"):
        first = number
    return first, last


def half_sentence(total: int, middle: float, low: float, high: float) -> str:
    """Say by when half of the missed calls were followed by a completed one, without its full stop.

    Parameters
    ----------
    total : int
        How many missed calls there were.
    middle, low, high : float
        The median and its interval, in minutes; NaN where the curve, or its band, comes to no half.
    """
    if not total:
        return _("There are no missed calls to count yet")
    calls = counted(total, "{n} missed call", "{n} missed calls")
    if math.isnan(middle):
        says = _("Of {calls}, fewer than half came to a completed call so far as can be seen")
        return says.format(calls=calls)
    if math.isnan(low):
        sure = _("no interval, as too few were recovered")
    elif math.isnan(high):
        least = duration(low, middle - low, whole=math.floor)
        sure = _("{low} or more, no upper limit known").format(low=least)
    else:
        reach = (high - low) / 2
        least, most = (
            duration(low, reach, whole=math.floor),
            duration(high, reach, whole=math.ceil),
        )
        sure = _("between {low} and {high}").format(low=least, high=most)
    if total < FEW:
        sure = _("few cases: {words}").format(words=sure)
    return _("Half of {calls} came to a completed call within {duration} ({interval})").format(
        calls=calls, duration=half_duration(middle, low, high), interval=sure
    )


def points(share: float, places: int) -> str:
    """Write a difference of shares in percentage points; one that is not 0 never reads 0."""
    unit = 10.0**-places
    rounded = math.floor(share * 100 / unit + 0.5) * unit
    under = rounded == 0 < share
    shown = f"{unit if under else rounded:.{places}f}"
    written = shown if current() == ENGLISH else number(Decimal(shown), places)
    text = ngettext("{number} point", "{number} points", 1 if shown == "1" else 2)
    text = text.format(number=written)
    return _("under {amount}").format(amount=text) if under else text


def first_upper(text: str) -> str:
    """Begin a sentence: the first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """Put a step into the middle of a sentence: the first letter small, the others as they are."""
    return text[:1].lower() + text[1:]

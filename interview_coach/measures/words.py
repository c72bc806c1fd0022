"""Measures in a sentence each: the words are chosen by the numbers and their intervals.

Sentences end without their full stop. What an interval does not support is not said: a difference
whose interval holds 0 is none that can be told, and no digit is finer than the interval allows.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

import pandas as pd

from interview_coach.language import N_, _, ngettext, ngettext_noop
from interview_coach.measures.careers import ENOUGH_KNOWN
from interview_coach.measures.comparing import ABOVE, BELOW, HANDFUL, TOO_FEW
from interview_coach.measures.practising import BesidePractice
from interview_coach.measures.survival import median_time
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import (
    BY_CHANCE,
    FEW,
    Tally,
    decimals,
    duration,
    first_lower,
    first_upper,
    half_sentence,
    number,
    of_total,
    percent,
    points,
    rate_sentence,
)

__all__ = [
    "delay_sentence",
    "difference_sentence",
    "duration",
    "impossible_sentences",
    "known_sentence",
    "outcomes_sentence",
    "practice_sentence",
    "reconnection_sentence",
    "recovery_sentence",
    "signals_sentence",
]

Row: TypeAlias = Mapping[Any, Any]

_MISSED = Subject("missed call")
_KNOWN = Tally(
    N_("There are no client's outcomes to count yet"),
    N_("{n} of {total} client's outcome is known"),
    ngettext_noop(
        "{n} of {total} clients' outcomes is known", "{n} of {total} clients' outcomes are known"
    ),
)
_FOUND = Tally(
    N_("There are no clients known to have sought one to count yet"),
    N_(
        "{n} of {total} client known to have sought one was in work, service, the forces or education"
    ),
    ngettext_noop(
        "{n} of {total} clients known to have sought one was in work, service, the forces or "
        "education",
        "{n} of {total} clients known to have sought one were in work, service, the forces or "
        "education",
    ),
)
_SIGNALS = {ABOVE: N_("above"), BELOW: N_("below")}


def delay_sentence(row: Row) -> str:
    """Say how long the first message took: half, with its interval, and the quarters."""
    n, total = int(row["n"]), int(row["N"])
    if not total:
        return _("There are no missed calls to count yet")
    if not n:
        return _("No first message is on record for {calls}").format(calls=_MISSED.counted(total))
    low, high = float(row["low"]), float(row["high"])
    sure = not math.isnan(low)
    half = (high - low) / 2 if sure else 0
    says = (
        _(
            "half within {half}, between {low} and {high}; a quarter within {quarter}, three "
            "quarters within {three}"
        )
        if sure
        else _("half within {half}; a quarter within {quarter}, three quarters within {three}")
    )
    ends = {"low": duration(low, half), "high": duration(high, half)} if sure else {}
    times = says.format(
        half=duration(float(row["value"]), half),
        quarter=duration(float(row["lower_quartile"]), half),
        three=duration(float(row["upper_quartile"]), half),
        **ends,
    )
    if n < FEW:
        times = _("few cases: {words}").format(words=times)
    said = (
        ngettext(
            "For {n} of {total} missed call a first message was on record ({times})",
            "For {n} of {total} missed call first messages were on record ({times})",
            n,
        )
        if total == 1
        else ngettext(
            "For {n} of {total} missed calls a first message was on record ({times})",
            "For {n} of {total} missed calls first messages were on record ({times})",
            n,
        )
    )
    return said.format(n=number(n), total=number(total), times=times)


def recovery_sentence(row: Row, days: int) -> str:
    """Say how many missed calls were recovered, and how many are too young to tell."""
    parts = [Subject("missed call", "recovered", days).sentence(row)]
    pending, left_out = int(row["pending"]), int(row["left_out"])
    if pending:
        says = ngettext(
            "{n} more is younger and counts neither way yet",
            "{n} more are younger and count neither way yet",
            pending,
        )
        parts.append(says.format(n=number(pending)))
    if left_out:
        says = ngettext(
            "{n} more has a date that cannot be relied on",
            "{n} more have dates that cannot be relied on",
            left_out,
        )
        parts.append(says.format(n=number(left_out)))
    return "; ".join(parts)


def practice_sentence(found: BesidePractice, days: int) -> str:
    """Say how practice and recovery went together; it never says that the one made the other.

    Parameters
    ----------
    found : BesidePractice
        Of `practice_beside_recovery`.
    days : int
        The same as there.
    """
    rates = found.rates
    clients, calls = int(rates["clients"].sum()), int(rates["N"].sum())
    of_whom = _("{calls} of {clients} who practised").format(
        calls=_MISSED.counted(calls), clients=Subject("client").counted(clients)
    )
    if not calls:
        return _("Association, not cause: {cases}, nothing to set side by side yet").format(
            cases=of_whom
        )
    subject = Subject("missed call", "recovered", days)
    rows: list[dict[Any, Any]] = rates[rates["N"] > 0].to_dict("records")
    parts = [
        _("scored {score}, {words}").format(score=_(str(row["group"])), words=subject.sentence(row))
        for row in rows
    ]
    difference: dict[Any, Any] = found.difference.to_dict("records")[0]
    for name in ("group", "against"):
        difference[name] = _("clients who scored {score}").format(score=_(str(difference[name])))
    parts.append(first_lower(difference_sentence(difference, subject)))
    return _("Association, not cause ({cases}): {words}").format(
        cases=of_whom, words="; ".join(parts)
    )


def reconnection_sentence(curve: pd.DataFrame) -> str:
    """Say by when half of the missed calls were followed by a completed one."""
    total = int(curve["N"].iloc[0]) if len(curve) else 0
    return half_sentence(total, *median_time(curve))


def difference_sentence(row: Row, subject: Subject | None = None) -> str:
    """Say which of two groups has the higher rate, or that it cannot be told.

    Parameters
    ----------
    row : mapping
        Of `differences`.
    subject : Subject
        What the rate is of; of calls missed if left out.
    """
    two = {"one": str(row["group"]), "other": str(row["against"])}
    if not (row["N"] and row["N_against"]):
        return _("{one} and {other} cannot be compared: one of them has no cases").format(**two)
    low, high = float(row["low"]), float(row["high"])
    places = decimals(low, high)
    if low > 0 or high < 0:
        says = (
            _("{missed} more often in {one} than in {other}: by {size}, between {low} and {high}")
            if low > 0
            else _(
                "{missed} less often in {one} than in {other}: by {size}, between {low} and {high}"
            )
        )
        ends = (low, high) if low > 0 else (-high, -low)
        found = says.format(
            missed=(subject or Subject()).did,
            size=points(abs(float(row["value"])), places),
            low=points(ends[0], places),
            high=points(ends[1], places),
            **two,
        )
    else:
        found = _(
            "no difference that can be told between {one} and {other}: from {fewer} fewer to {more} "
            "more in {place}"
        ).format(fewer=points(-low, places), more=points(high, places), place=two["one"], **two)
    if min(int(row["N"]), int(row["N_against"])) < FEW:
        found = _("few cases: {words}").format(words=found)
    found = first_upper(found)
    many = int(row["compared"])
    if many <= HANDFUL:
        return found
    return _("{words} (one of {n} comparisons; {chance})").format(
        words=found, n=number(many), chance=_(BY_CHANCE)
    )


def signals_sentence(charted: pd.DataFrame, thing: str = "month") -> str:
    """Say how many periods lie beyond ordinary noise, and which, if they are few.

    Parameters
    ----------
    charted : DataFrame
        Of `signals`.
    thing : str
        What the rows are, in the singular.
    """
    things = Thing(thing)
    judged = charted[charted["signal"] != TOO_FEW]
    if judged.empty:
        return _("No {thing} has {few} cases or more, too few to tell noise from change").format(
            thing=things.one, few=FEW
        )
    out = judged[judged["signal"].isin([ABOVE, BELOW])]
    if out.empty:
        says = ngettext(
            "{things} with {few} cases or more has only ordinary noise",
            "{things} with {few} cases or more have only ordinary noise",
            len(judged),
        )
        return says.format(things=things.counted(len(judged)), few=FEW)
    says = ngettext(
        "{cases} {things} lies beyond ordinary noise",
        "{cases} {things} lie beyond ordinary noise",
        len(out),
    )
    said = says.format(cases=of_total(len(out), len(judged)), things=things.many)
    if len(out) > HANDFUL:
        return said
    named = [
        _("{name} ({words})").format(name=name, words=_(_SIGNALS[signal]))
        for name, signal in zip(out["group"], out["signal"], strict=True)
    ]
    return _("{words}: {list}").format(words=said, list=", ".join(named))


def known_sentence(row: Row) -> str:
    """Say of how many clients the outcome is known, with a warning where they are too few."""
    said = rate_sentence(row, _KNOWN)
    if int(row["N"]) and float(row["value"]) < ENOUGH_KNOWN:
        return _("{words}; under {rate} known, so a rate of outcomes may mislead").format(
            words=said, rate=percent(ENOUGH_KNOWN)
        )
    return said


def outcomes_sentence(row: Row, known: Row) -> str:
    """Say the career outcomes rate with the knowledge rate beside it; never the one without the other."""
    return f"{rate_sentence(row, _FOUND)}; {known_sentence(known)}"


def impossible_sentences(found: pd.DataFrame) -> list[str]:
    """Say what cannot be in the data, one sentence each; none where all is well."""
    sentences = []
    for row in found.to_dict("records"):
        if row["n"]:
            says = (
                _("{n} of {total} call: {what}")
                if row["N"] == 1
                else _("{n} of {total} calls: {what}")
            )
            what = _(str(row["check"]))
            sentences.append(
                says.format(n=number(int(row["n"])), total=number(int(row["N"])), what=what)
            )
    return sentences

"""Measures in a sentence each: the words are chosen by the numbers and their intervals.

Sentences end without their full stop. What an interval does not support is not said: a difference
whose interval holds 0 is none that can be told, and no digit is finer than the interval allows.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

import pandas as pd

from interview_coach.measures.careers import ENOUGH_KNOWN
from interview_coach.measures.comparing import ABOVE, BELOW, HANDFUL, TOO_FEW
from interview_coach.measures.practising import BesidePractice
from interview_coach.measures.survival import median_time
from interview_coach.wording import (
    BY_CHANCE,
    FEW,
    counted,
    decimals,
    duration,
    half_sentence,
    of_total,
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


def delay_sentence(row: Row) -> str:
    """Say how long the first message took: half, with its interval, and the quarters."""
    n, total = int(row["n"]), int(row["N"])
    if not n:
        return (
            f"No first message is on record for {counted(total, 'missed call')}"
            if total
            else "There are no missed calls to count yet"
        )
    low, high = float(row["low"]), float(row["high"])
    sure = not math.isnan(low)
    half = (high - low) / 2 if sure else 0
    few = "few cases: " if n < FEW else ""
    between = f", between {duration(low, half)} and {duration(high, half)}" if sure else ""
    said = "a first message was" if n == 1 else "first messages were"
    return (
        f"For {of_total(n, total)} {'missed call' if total == 1 else 'missed calls'} {said} on "
        f"record ({few}half within {duration(float(row['value']), half)}{between}; a quarter within "
        f"{duration(float(row['lower_quartile']), half)}, three quarters within "
        f"{duration(float(row['upper_quartile']), half)})"
    )


def recovery_sentence(row: Row, days: int) -> str:
    """Say how many missed calls were recovered, and how many are too young to tell."""
    within = f"recovered within {counted(days, 'day')}"
    parts = [rate_sentence(row, "missed call", within)]
    pending, left_out = int(row["pending"]), int(row["left_out"])
    if pending:
        them = "is younger and counts" if pending == 1 else "are younger and count"
        parts.append(f"{pending:,} more {them} neither way yet")
    if left_out:
        them = "has a date" if left_out == 1 else "have dates"
        parts.append(f"{left_out:,} more {them} that cannot be relied on")
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
    of_whom = f"{counted(calls, 'missed call')} of {counted(clients, 'client')} who practised"
    if not calls:
        return f"Association, not cause: {of_whom}, nothing to set side by side yet"
    within = f"recovered within {counted(days, 'day')}"
    rows: list[dict[Any, Any]] = rates[rates["N"] > 0].to_dict("records")
    parts = [f"scored {row['group']}, {rate_sentence(row, 'missed call', within)}" for row in rows]
    difference: dict[Any, Any] = found.difference.to_dict("records")[0]
    for name in ("group", "against"):
        difference[name] = f"clients who scored {difference[name]}"
    said = difference_sentence(difference, within)
    return f"Association, not cause ({of_whom}): {'; '.join([*parts, said[0].lower() + said[1:]])}"


def reconnection_sentence(curve: pd.DataFrame) -> str:
    """Say by when half of the missed calls were followed by a completed one."""
    total = int(curve["N"].iloc[0]) if len(curve) else 0
    return half_sentence(total, *median_time(curve))


def difference_sentence(row: Row, done: str = "missed") -> str:
    """Say which of two groups has the higher rate, or that it cannot be told.

    Parameters
    ----------
    row : mapping
        Of `differences`.
    done : str
        What the rate is of.
    """
    one, other = str(row["group"]), str(row["against"])
    if not (row["N"] and row["N_against"]):
        return f"{one} and {other} cannot be compared: one of them has no cases"
    low, high = float(row["low"]), float(row["high"])
    places = decimals(low, high)
    if low > 0 or high < 0:
        word = "more" if low > 0 else "less"
        ends = (low, high) if low > 0 else (-high, -low)
        found = (
            f"{done} {word} often in {one} than in {other}: by "
            f"{points(abs(float(row['value'])), places)}, between {points(ends[0], places)} and "
            f"{points(ends[1], places)}"
        )
    else:
        found = (
            f"no difference that can be told between {one} and {other}: from "
            f"{points(-low, places)} fewer to {points(high, places)} more in {one}"
        )
    few = min(int(row["N"]), int(row["N_against"])) < FEW
    many = int(row["compared"])
    said = f"few cases: {found}" if few else found
    noted = f" (one of {many:,} comparisons; {BY_CHANCE})" if many > HANDFUL else ""
    return said[0].upper() + said[1:] + noted


def signals_sentence(charted: pd.DataFrame, thing: str = "month") -> str:
    """Say how many periods lie beyond ordinary noise, and which, if they are few.

    Parameters
    ----------
    charted : DataFrame
        Of `signals`.
    thing : str
        What the rows are, in the singular.
    """
    judged = charted[charted["signal"] != TOO_FEW]
    if judged.empty:
        return f"No {thing} has {FEW} cases or more, too few to tell noise from change"
    out = judged[judged["signal"].isin([ABOVE, BELOW])]
    things = counted(len(judged), thing)
    if out.empty:
        has = "has" if len(judged) == 1 else "have"
        return f"{things} with {FEW} cases or more {has} only ordinary noise"
    named = [f"{row['group']} ({row['signal']})" for row in out.to_dict("records")]
    listed = f": {', '.join(named)}" if len(named) <= HANDFUL else ""
    lies = "lies" if len(out) == 1 else "lie"
    return f"{of_total(len(out), len(judged))} {thing}s {lies} beyond ordinary noise{listed}"


def known_sentence(row: Row) -> str:
    """Say of how many clients the outcome is known, with a warning where they are too few."""
    said = rate_sentence(row, "client's outcome", "known", were=("is", "are"))
    said = said.replace("client's outcomes", "clients' outcomes")
    if int(row["N"]) and float(row["value"]) < ENOUGH_KNOWN:
        return f"{said}; under {ENOUGH_KNOWN:.0%} known, so a rate of outcomes may mislead"
    return said


def outcomes_sentence(row: Row, known: Row) -> str:
    """Say the career outcomes rate with the knowledge rate beside it; never the one without the other."""
    done = "in work, service, the forces or education"
    said = rate_sentence(row, "client known to have sought one", done)
    said = said.replace("client known to have sought ones", "clients known to have sought one")
    return f"{said}; {known_sentence(known)}"


def impossible_sentences(found: pd.DataFrame) -> list[str]:
    """Say what cannot be in the data, one sentence each; none where all is well."""
    return [
        f"{of_total(int(row['n']), int(row['N']))} "
        f"{'call' if row['N'] == 1 else 'calls'}: {row['check']}"
        for row in found.to_dict("records")
        if row["n"]
    ]

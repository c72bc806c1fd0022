"""What a chart of rates says in words: its title, its alt text, its table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from interview_coach.wording import (
    FEW,
    counted,
    decimals,
    of_total,
    percent,
    rate_in_brackets,
    rate_sentence,
)

__all__ = ["Subject", "alt_text", "overall_percent", "stands_out", "table", "title"]


@dataclass(frozen=True)
class Subject:
    """What is counted (`noun`, in the singular) and what happened to it (`done`)."""

    noun: str = "call"
    done: str = "missed"

    @property
    def share(self) -> str:
        """The rate in words: ``calls missed``."""
        return f"{self.noun}s {self.done}"


def stands_out(rates: pd.DataFrame) -> pd.Series:
    """Mark the rates outside ordinary noise; few cases never stand out."""
    if "noise_low" not in rates.columns:
        return pd.Series(False, index=rates.index)
    outside = (rates["value"] > rates["noise_high"]) | (rates["value"] < rates["noise_low"])
    return outside & (rates["N"] >= FEW)


def overall_percent(rates: pd.DataFrame) -> str:
    """Write the overall rate, the one that the chart draws its line at where it has one."""
    if "overall" in rates.columns:
        return percent(float(rates["overall"].iloc[0]))
    total = int(rates["N"].sum())
    return percent(int(rates["n"].sum()) / total) if total else percent(float("nan"))


def title(rates: pd.DataFrame, subject: Subject, thing: str, named: Callable[[Any], str]) -> str:
    """Say what the rates show, no more than they do.

    Parameters
    ----------
    rates : DataFrame
        With cases in every row; `noise_low` and `noise_high` where standing out may be claimed.
    subject : Subject
        What is counted.
    thing : str
        What the rows are, in the singular: group, month.
    named : callable
        Writes the name of a row.
    """
    if rates.empty:
        return f"No {subject.noun}s to count yet"
    if len(rates) == 1:
        only = _rows(rates)[0]
        return f"{named(only['group'])}: {rate_sentence(only, subject.noun, subject.done)}"
    enough = rates[rates["N"] >= FEW]
    if enough.empty:
        return f"Too few {subject.noun}s in every {thing} to compare"
    overall = overall_percent(rates)
    if "noise_low" not in rates.columns:
        ranked = enough.sort_values("value", kind="stable")
        least, most = ranked.iloc[0], ranked.iloc[-1]
        return (
            f"From {percent(least['value'])} ({named(least['group'])}) to {percent(most['value'])} "
            f"({named(most['group'])}) of {subject.share}"
        )
    out = enough[stands_out(enough)]
    of_enough = "" if len(enough) == len(rates) else f" with {FEW} {subject.noun}s or more"
    if out.empty and len(enough) == 1:
        return f"Only one {thing} has {FEW} {subject.noun}s or more: too few to compare"
    if out.empty:
        return (
            f"None of the {len(enough)} {thing}s{of_enough} stands out: "
            f"{overall} of {subject.share} overall"
        )
    if len(out) == 1:
        one = out.iloc[0]
        return (
            f"{named(one['group'])} stands out: {percent(one['value'])} of {subject.share}, "
            f"{overall} overall"
        )
    return (
        f"{len(out)} of the {len(enough)} {thing}s{of_enough} stand out from the overall "
        f"{overall} of {subject.share}"
    )


def alt_text(
    heading: str,
    rates: pd.DataFrame,
    thing: str,
    named: Callable[[Any], str],
    *,
    synthetic: bool,
    caption: str,
) -> str:
    """Say the chart in words, with the numbers of each row drawn."""
    rows = [
        f"{named(row['group'])}: {of_total(row['n'], row['N'])} ({rate_in_brackets(row)})"
        for row in _rows(rates)
    ]
    parts = [f"Chart of {counted(len(rows), thing)}. {heading}."]
    if synthetic:
        parts.append("Synthetic data.")
    if rows:
        parts.append("; ".join(rows) + ".")
    if caption:
        parts.append(caption)
    return " ".join(parts)


def table(
    rates: pd.DataFrame, subject: Subject, thing: str, named: Callable[[Any], str]
) -> pd.DataFrame:
    """Give the table to show: names, counts, rate and interval as text."""
    rows = []
    for row in _rows(rates):
        places = decimals(row["low"], row["high"])
        few = "few cases: " if 0 < row["N"] < FEW else ""
        empty = row["N"] == 0
        rows.append(
            (
                named(row["group"]),
                f"{row['n']:,}",
                f"{row['N']:,}",
                "no cases" if empty else few + percent(row["value"], places),
                "" if empty else f"{percent(row['low'], places)} to {percent(row['high'], places)}",
            )
        )
    head = [
        thing.capitalize(),
        subject.done.capitalize(),
        f"Of {subject.noun}s",
        "Rate",
        "95% interval",
    ]
    return pd.DataFrame(rows, columns=head)


def _rows(rates: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): cell for key, cell in row.items()} for row in rates.to_dict("records")]

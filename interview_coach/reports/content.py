"""What the outcome report says: every sentence made from the numbers it stands beside."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pandas as pd

from interview_coach.charts import Chart, rate_by_group, rate_by_month
from interview_coach.errors import KitError
from interview_coach.measures import (
    PERIODS,
    in_window,
    missed_call_rate,
    moves_per_interview,
    ordinary_noise,
    reschedule_rate,
)
from interview_coach.outcomes import calls_of
from interview_coach.playbook import load_playbook
from interview_coach.reports.section import (
    Section,
    list_of,
    note,
    paragraph,
    stylesheet,
    table,
    terms,
)
from interview_coach.wording import counted, of_total, percent, rate_in_brackets, rate_sentence

__all__ = ["Report"]

# Columns whose values are codes of the playbook: what they are called there.
_CODED = {
    "state": "end_state",
    **dict.fromkeys(("caller", "missed_by", "cause", "channel", "initiator")),
}
# What splits the missed calls rather than all calls: its shares have one denominator, so there is
# no noise band to compare them with.
_SPLITS = frozenset({"missed_by", "cause", "initiator", "reason"})


class Report:
    """The outcome report of a log, in pieces that a notebook shows one by one.

    Parameters
    ----------
    log : str
        The log, as a file or a URL; empty for ``outcomes.db`` in this folder, or else the sample.
    group : str
        What to compare by: a column of the log, or `month`, `quarter`, `week`.
    start, end : str
        First and last day (2026-01-31), in each client's own time zone; empty for an open window.
    title : str
        Stands above the finding.

    Raises
    ------
    KitError
        If the log cannot be read, the window is none, or there is nothing called `group`.
    """

    def __init__(
        self,
        log: str = "",
        *,
        group: str = "cohort",
        start: str = "",
        end: str = "",
        title: str = "Outcome report",
    ):
        if group == "notes":
            raise KitError(
                "Notes are for you alone and appear in no report; compare by another column, such "
                "as cohort."
            )
        everything, self._whose = calls_of(log.strip() or None)
        self.calls, self._left_out = in_window(everything, start, end)
        self._in_doubt = int(everything["date_doubt"].notna().sum())
        self._window = (start.strip(), end.strip())
        self.group, self.title = group, title.strip() or "Outcome report"
        self._by = missed_call_rate(self.calls, group)
        self.synthetic = bool(self.calls["synthetic"].astype("bool").any())

    # ------------------------------------------------------------------ the pieces, in reading order

    def headline(self) -> Section:
        """Say the finding, and what was counted."""
        row = self._missed
        heading = (
            f"{of_total(row['n'], row['N'])} {'call' if row['N'] == 1 else 'calls'} {'was' if row['n'] == 1 else 'were'} missed: "
            f"{percent(row['value'])}"
            if row["N"]
            else "No calls to count yet"
        )
        parts = [paragraph(self.title, "ic-eyebrow"), f"<h1>{heading}</h1>"]
        if self.synthetic:
            made_up = int(self.calls["synthetic"].sum())
            whole = "All" if made_up == len(self.calls) else of_total(made_up, len(self.calls))
            parts.append(
                note("synthetic data", f"{whole} calls here are made up; nobody is in them.")
            )
        if not row["N"]:
            parts.append(
                paragraph(
                    "A rate needs calls that took place or were missed. Log what happened, or "
                    "import a file; this page then fills by itself."
                )
            )
        parts.append(paragraph(self._what_was_counted(), "ic-lead"))
        parts.append(list_of(self._what_was_not()))
        # JupyterLab knows nothing of the kit's looks: the first piece brings them along.
        return Section("", f"<style>{stylesheet()}</style>", *parts)

    def missed(self) -> Section:
        """Say the missed-call rate, its other basis, and who missed the calls."""
        row = self._missed
        if not row["N"]:
            return Section("")
        done = row["N"] - row["n"]
        low, high = row["low"], row["high"]
        completed = {**row, "n": done, "value": 1 - row["value"], "low": 1 - high, "high": 1 - low}
        booked = _first(missed_call_rate(self.calls, basis="booked"))
        sentences = [
            f"{rate_sentence(row)}.",
            f"{rate_sentence(completed, done='completed')}: both sides spoke.",
            f"Of all calls whose start has passed, moved and cancelled ones included, "
            f"{of_total(booked['n'], booked['N'])} were missed ({rate_in_brackets(booked)}).",
        ]
        parties = missed_call_rate(self.calls, "missed_by").sort_values("n", ascending=False)
        named = self._labels("missed_by")
        split = table(
            ["Who missed it", "Missed", "Of calls", "Rate (95% interval)"],
            [
                (named(one["group"]), f"{one['n']:,}", f"{one['N']:,}", rate_in_brackets(one))
                for one in _records(parties)
            ],
            "Missed calls by who missed them",
        )
        heading = self._party_finding(parties, row["n"])
        return Section(heading, list_of(sentences), split if row["n"] else "")

    def by_group(self) -> Section:
        """Compare the missed-call rate between groups."""
        return self._compared(self._by, "call", "missed")

    def by_month(self) -> Section:
        """Show the missed-call rate over time."""
        if not self._missed["N"] or self.group in PERIODS:
            return Section("")
        return _charted(rate_by_month(self._noise("month"), synthetic=self.synthetic))

    def rescheduled(self) -> Section:
        """Say how many interviews were moved or rebooked, and compare groups."""
        if self.calls.empty:
            return Section("")
        every = _first(reschedule_rate(self.calls))
        before = _first(reschedule_rate(self.calls, kind="proactive"))
        after = _first(reschedule_rate(self.calls, kind="reactive"))
        moves, interviews = moves_per_interview(self.calls)
        sentences = [
            f"{rate_sentence(before, 'interview', 'moved before the start')}.",
            f"{rate_sentence(after, 'interview', 'rebooked after a missed call')}.",
            f"{counted(moves, 'move or rebooking', 'moves and rebookings')} over "
            f"{counted(interviews, 'interview')}: {moves / interviews:.2f} per interview. An "
            "interview that was moved five times counts once in the rates above.",
        ]
        if not every["n"]:
            # Zeros beside each other are no comparison.
            return Section("No interview was moved or rebooked", list_of(sentences))
        chart = self._compared(
            reschedule_rate(self.calls, self.group), "interview", "rescheduled", heading=False
        )
        heading = rate_sentence(every, "interview", "rescheduled")
        return Section(heading, list_of(sentences), chart.inside if chart else "")

    def definitions(self) -> Section:
        """Say what each word means here, whose definition it is, and what the figures can't say."""
        return Section(
            "What the words mean",
            terms(_DEFINITIONS),
            paragraph(
                "Intervals are Wilson's, at 95%. A rate under 10 cases is shown in grey with the "
                "words “few cases”. The band of ordinary noise is three standard errors "
                "around the overall rate: inside it, a difference is no news. Comparing many "
                "groups, one may stand out by chance. These figures say what happened, not why."
            ),
            paragraph(self._whose, "ic-source"),
        )

    # ------------------------------------------------------------------ what they are made of

    @cached_property
    def _missed(self) -> dict[str, Any]:
        return _first(missed_call_rate(self.calls))

    def _noise(self, by: str) -> pd.DataFrame:
        return ordinary_noise(missed_call_rate(self.calls, by))

    def _labels(self, column: str) -> Callable[[Any], str]:
        if column not in _CODED:
            return str
        codes = load_playbook().codes[_CODED[column] or column]
        return lambda code: _upper(str(codes.get(str(code), code)))

    def _compared(
        self, rates: pd.DataFrame, noun: str, done: str, *, heading: bool = True
    ) -> "_Charted":
        if not rates["N"].sum():
            return _Charted(None)
        if self.group in PERIODS:
            chart = rate_by_month(
                ordinary_noise(rates), noun=noun, done=done, synthetic=self.synthetic
            )
        else:
            chart = rate_by_group(
                rates if self.group in _SPLITS else ordinary_noise(rates),
                thing=self.group.replace("_", " "),
                noun=noun,
                done=done,
                labels=self._labels(self.group),
                synthetic=self.synthetic,
            )
        return _Charted(chart, heading=heading)

    def _what_was_counted(self) -> str:
        calls = self.calls
        interviews = moves_per_interview(calls)[1] if len(calls) else 0
        text = f"Counted: {counted(len(calls), 'call')} of {counted(interviews, 'interview')}"
        start, end = self._window
        if start or end:
            text += f", scheduled {f'from {start}' if start else ''}{f' to {end}' if end else ''}"
            text = text.replace("scheduled  to", "scheduled up to")
            return text + ", in each client's own time zone."
        dated = calls[calls["date_doubt"].isna()].sort_values("scheduled_at")
        if len(dated):
            first, last = _day(dated.iloc[0]), _day(dated.iloc[-1])
            text += f", scheduled {f'from {first} to {last}' if first != last else f'on {first}'}"
        return text + "."

    def _what_was_not(self) -> list[str]:
        says = []
        state = self.calls["state"].value_counts()
        outside = self._left_out - (self._in_doubt if self._left_out else 0)
        if outside:
            says.append(f"{counted(outside, 'call')} outside the window: left out.")
        if self._in_doubt:
            are = "date is" if self._in_doubt == 1 else "dates are"
            what = "left out" if self._left_out else "in the overall figures, in no month"
            says.append(f"{counted(self._in_doubt, 'call')} whose {are} in doubt: {what}.")
        for codes, words in (
            (("moved", "cancelled"), "moved or cancelled with notice: in neither line of the rate"),
            (("pending",), "not held yet, or not known: not in the rate"),
        ):
            some = int(sum(state.get(code, 0) for code in codes))
            if some:
                says.append(f"{counted(some, 'call')} {words}.")
        return says

    def _party_finding(self, parties: pd.DataFrame, missed: int) -> str:
        if not missed:
            return "No call was missed"
        first = _records(parties)[0]
        name = self._labels("missed_by")(first["group"])
        if first["n"] == missed:
            if first["group"] == "not recorded":
                return "Who missed the calls is not recorded"
            return (
                f"{name}: all {missed:,} missed calls"
                if missed > 1
                else f"{name}: the one missed call"
            )
        return f"{name}: {of_total(first['n'], missed)} missed calls"


class _Charted(Section):
    """A chart under a heading of its own; `inside` is the chart alone."""

    def __init__(self, chart: Chart | None, *, heading: bool = True):
        self.inside = chart.html() if chart else ""
        # The title is drawn in the chart; the heading is for finding one's way by ear.
        super().__init__(chart.title if chart and heading else "", self.inside, unseen=True)


def _charted(chart: Chart) -> Section:
    return _Charted(chart)


def _first(rates: pd.DataFrame) -> dict[str, Any]:
    return _records(rates)[0]


def _records(rates: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in rates.to_dict("records")]


def _day(call: "pd.Series[Any]") -> str:
    moment = call["scheduled_at"].tz_convert(call["timezone"])
    return f"{moment.day} {moment:%B %Y}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


_DEFINITIONS = (
    (
        "Interview, call",
        "An interview is one client, one employer, one round; a call is one scheduled attempt at it.",
        "Kit",
    ),
    (
        "Missed call",
        "The start and 15 minutes of grace passed with no conversation and no notice before the start.",
        "NHS Scotland's “did not attend”; the grace after Ask a Manager",
    ),
    (
        "Missed-call rate",
        "Missed over completed and missed calls. Moved and cancelled calls are in neither.",
        "Kit; the sources disagree",
    ),
    (
        "The same, booked basis",
        "Missed over all calls whose start has passed.",
        "As the NHS counts",
    ),
    (
        "Reschedule rate",
        "Interviews moved or rebooked at least once, over all interviews; five moves count once.",
        "GoodTime; an interview belongs where its first call does (kit)",
    ),
    (
        "Window, month",
        "Those of the scheduled start, in the client's time zone, never of the typing in.",
        "Kit",
    ),
    (
        "Date in doubt",
        "A date that cannot be believed: counted overall, but in no month and no window.",
        "Kit",
    ),
)

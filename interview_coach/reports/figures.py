"""Every figure of a report: counted once, and for a funder made safe as one whole."""

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures import (
    CATALOGUE,
    IN_DOUBT,
    PERIODS,
    first_message_delay,
    funnel,
    impossible,
    in_window,
    measured,
    ordinary_noise,
    practice_beside_recovery,
    time_to_reconnection,
)
from interview_coach.measures.practising import BesidePractice
from interview_coach.measures.suppression import Nested, Protected
from interview_coach.reports.comparing import NOTHING, Compared, Row, records, side_by_side
from interview_coach.reports.hiding import BEFORE, COMPARED, hidden_for, protected
from interview_coach.reports.parts import UNITS, Parts, just_before, two_parts, window_words
from interview_coach.reports.question import FUNDER_GROUPS, Question
from interview_coach.reports.reading import (
    Data,
    check_group,
    clients_of,
    known_of_any,
    largest_groups,
    without_few_doubts,
)
from interview_coach.reports.saved import View
from interview_coach.reports.viewing import SPLITTING, view_figures
from interview_coach.subjects import Thing
from interview_coach.wording import FEW

__all__ = ["SPLITTING", "Figures", "Row", "records"]

# What is asked overall, by group, over time, and of two parts beside each other.
_OVERALL = (
    "missed_call_rate",
    "missed_call_rate_booked",
    "reschedule_rate",
    "reschedule_rate_proactive",
    "reschedule_rate_reactive",
    "same_day_reconnection_rate",
    "recovery_rate",
)
# From so many messages on a funder is told their median and quarters: eleven stand beyond each.
_ENOUGH_MINUTES = 44
_MINUTES = ("value", "low", "high", "lower_quartile", "upper_quartile")
_OVER_TIME = ("missed_call_rate", "reschedule_rate")
_OF_CLIENTS = ("knowledge_rate", "career_outcomes_rate")
_SPLITS = ("missed_by", "cause")
# From so many calls in the usual month on, months are told apart; under it, quarters.
_ENOUGH = {"coach": FEW, "funder": 60}


class Figures:
    """All figures of one report.

    Parameters
    ----------
    question : Question
    data : Data
        What to count.

    Attributes
    ----------
    rates : dict of (measure, grouping) to DataFrame
        As the measures give them, with `reason` ("" or why a row is hidden). The grouping "all" has
        one row, the whole. For a funder, numbers of hidden rows are missing, and so are all columns
        but those of a rate.
    protected : Protected or None
        For a funder, what the audit is made of.
    period : str
        What time is told by: month or quarter, or the question's own.

    Raises
    ------
    KitError
        If there is nothing called as the question asks; and if what a funder would see gave a
        hidden count away.
    """

    def __init__(self, question: Question, data: Data):
        self.doubted = 0  # calls left out, since a few dates in doubt would hide many a month
        self.groups = 0  # how many there were, where all but the largest are counted together
        if question.funder:
            calls, self.groups = largest_groups(without_few_doubts(data.calls), question.group)
            self.doubted = len(data.calls) - len(calls)
            data = replace(data, calls=calls, clients=clients_of(data.clients, calls))
        self.question, self.data = question, data
        self.window: dict[str, Any] = {"start": question.start or None, "end": question.end or None}
        self.calls, self.left_out = in_window(data.calls, **self.window)
        check_group(question, self.calls)
        if question.two_groups and question.group in PERIODS:
            raise KitError(_("Two groups cannot be compared where the groups are periods of time."))
        self.period = self._period()
        self._parts = self._cut()
        self.protected: Protected | None = None
        raw = self._counted()
        if question.funder:
            self.rates, self.protected = protected(raw, self._nested(raw))
            self._as_told_before()
        else:
            self.rates = {key: frame.assign(reason="") for key, frame in raw.items()}

    # ------------------------------------------------------------------ what the sections ask for

    def overall(self, measure: str) -> Row:
        """Give the one row of a measure over everything; without cases where it was not asked."""
        frame = self.rates.get((measure, "all"))
        if frame is None or frame.empty:
            return {"measure": measure, "group": "all", **NOTHING}
        return records(frame)[0]

    def charted(self, measure: str, by: str) -> pd.DataFrame:
        """Give a measure by groups with the limits of ordinary noise around the overall rate.

        Of hidden rows, and where the overall rate is hidden, there are no limits.
        """
        frame = self.rates[measure, by]
        whole = self.overall(measure)
        shown = frame["reason"] == ""
        if by in SPLITTING or whole["reason"] or not whole["N"] or not shown.any():
            return frame
        limits = ordinary_noise(frame[shown], overall=float(whole["value"]))
        return frame.assign(
            **{name: limits[name] for name in ("overall", "noise_low", "noise_high")}
        )

    def may_show(self, view: View) -> bool:
        """Say whether a saved view can be protected together with the rest of this report."""
        entry = CATALOGUE[view.measure]
        return (
            not (view.start or view.end or view.days)
            and entry.unit == "rate"
            and view.measure != "funnel"
            and (entry.of == "calls" or self.data.clients is not None)
            and (not view.by or view.by in FUNDER_GROUPS)
            # Weeks overlap months, and the two would not be looked at together.
            and (view.by != "week" or self.period == "week")
            and (view.by not in SPLITTING or view.measure == "missed_call_rate")
        )

    def viewed(self, view: View) -> pd.DataFrame:
        """Give the figures of a saved view as this report may show them.

        Raises
        ------
        KitError
            If the log has nothing called as the view groups by.
        """
        if self.question.funder:
            return self.charted(view.measure, view.by or "all")
        asked = self.question
        return view_figures(
            view, self.data, days=asked.days, as_of=asked.moment, grace=self._grace, **self.window
        )

    @cached_property
    def multiples(self) -> pd.DataFrame | None:
        """Each group's missed-call rate over time, with its own limits; a coach's alone."""
        group = self.question.group
        if self.question.funder or ("missed_call_rate", group) not in self.rates:
            return None
        if (
            group in PERIODS
            or group in SPLITTING
            or self.rates["missed_call_rate", group].shape[0] < 2
        ):
            return None
        frame = measured(
            "missed_call_rate",
            self.data.calls,
            [group, self.period],
            grace=self._grace,
            **self.window,
        )
        frame = frame[frame[self.period] != IN_DOUBT]
        if frame.empty:
            return None
        parts = [ordinary_noise(rows) for __, rows in frame.groupby(group, sort=True)]
        return pd.concat(parts, ignore_index=True).assign(reason="")

    @cached_property
    def funnel(self) -> pd.DataFrame:
        """The steps of missed calls: `step, n, N, value, low, high, reason`, and `pending`."""
        found = self.rates["funnel", "all"]
        return found if "pending" in found.columns else found.assign(pending=float("nan"))

    @cached_property
    def tells_what_came(self) -> bool:
        """Whether the log says of any missed call what came of it; many a file ends with the miss."""
        after = self.funnel.iloc[1:]
        return bool(((after["reason"] != "") | (after["n"].fillna(0) > 0)).any())

    @cached_property
    def curve(self) -> pd.DataFrame:
        """The time to the completed call; a coach's alone, as each step of it is one client."""
        return time_to_reconnection(
            self.data.calls, as_of=self.question.moment, grace=self._grace, **self.window
        )

    @cached_property
    def delay(self) -> Row:
        """The minutes to the first message; for a funder, without its `n` and `N` where hidden."""
        row = records(first_message_delay(self.data.calls, grace=self._grace, **self.window))[0]
        shown = self.overall("first_message_delay")
        if self.question.funder and row["n"] < _ENOUGH_MINUTES:
            # A quarter of a few messages is a single client's minutes.
            row |= dict.fromkeys(_MINUTES, np.nan)
        return row | {"reason": shown["reason"]}

    @cached_property
    def impossible(self) -> pd.DataFrame:
        """What cannot be: `check, n, N`."""
        return impossible(self.data.calls, as_of=self.question.moment, **self.window)

    @cached_property
    def practice(self) -> BesidePractice | None:
        """Recovery by classes of practice score, of the clients who agreed; a coach's alone."""
        practice = self.data.practice
        if self.question.funder or practice is None or practice.empty:
            return None
        return practice_beside_recovery(
            practice,
            self.data.calls,
            days=self.question.days,
            as_of=self.question.moment,
            grace=self._grace,
            **self.window,
        )

    @cached_property
    def compared(self) -> Compared | None:
        """What stands side by side, if there is something to."""
        question = self.question
        if question.compare == "none" or self.calls.empty:
            return None
        if question.two_groups:
            one, other = question.two_groups
            return self._beside(question.group, one, other, over_time=False)
        if self.earlier:
            this = window_words(question.start, question.end)
            return self._beside("", this, window_words(*self.earlier), over_time=True)
        if self._parts is not None:
            parts = self._parts
            return self._beside("part", parts.recent, parts.before, over_time=True)
        return None

    @cached_property
    def earlier(self) -> tuple[str, str] | None:
        """The window to compare with that lies outside the report's own."""
        question = self.question
        if question.earlier or question.compare or not (question.start and question.end):
            return question.earlier
        found = just_before(question.start, question.end)
        held = measured("missed_call_rate", self.data.calls, start=found[0], end=found[1])
        return found if int(held["N"].iloc[0]) else None

    # ------------------------------------------------------------------ how they are counted

    @property
    def _grace(self) -> float | None:
        return self.question.grace or None

    def _as_told_before(self) -> None:
        """Hide of the earlier period what a report on it would have hidden."""
        if not self.earlier:
            return
        start, end = self.earlier
        before = Figures(replace(self.question, start=start, end=end, compare="none"), self.data)
        for name in COMPARED:
            reason = before.overall(name)["reason"]
            if reason:
                key = (name + BEFORE, "all")
                self.rates[key] = hidden_for(self.rates[key], reason)

    def _measured(self, name: str, by: str | None, **window: Any) -> pd.DataFrame:
        entry = CATALOGUE[name]
        given = {
            "days": self.question.days,
            "as_of": self.question.moment,
            "grace": self._grace,
            **(window or self.window),
        }
        options = {key: value for key, value in given.items() if key in entry.options}
        frame = self.data.clients if entry.of == "clients" else self._marked
        return measured(name, frame, by, **options)

    @cached_property
    def _marked(self) -> pd.DataFrame:
        """The calls, and beside them which part of the time each belongs to."""
        if self._parts is None:
            return self.data.calls
        return self.data.calls.assign(part=self._parts.of(self.data.calls))

    def _period(self) -> str:
        group = self.question.group
        if group in PERIODS:
            return group
        months = measured("missed_call_rate", self.calls, "month")
        held = months["N"][~months["group"].isin([IN_DOUBT])]
        return "month" if held.median() >= _ENOUGH[self.question.view] else "quarter"

    def _cut(self) -> Parts | None:
        question = self.question
        unit = self.period if self.period in UNITS else "month"
        # Weeks do not make up months: for a funder the two are not shown beside each other.
        if question.compare or self.earlier or (question.funder and unit != self.period):
            return None
        return two_parts(self.calls, unit, question.moment)

    def _nested(self, raw: dict[tuple[str, str], pd.DataFrame]) -> list[Nested]:
        if self._parts is None:
            return []
        groups = [str(one) for name in _OVER_TIME for one in raw[name, self.period]["group"]]
        return [self._parts.made_of(self.period, groups)]

    def _counted(self) -> dict[tuple[str, str], pd.DataFrame]:
        question, found = self.question, {}
        for name in _OVERALL:
            found[name, "all"] = self._measured(name, None)
        for name, by in self._groupings():
            found[name, by] = self._measured(name, by)
        for by in _SPLITS:
            found["missed_call_rate", by] = self._measured("missed_call_rate", by)
        delay = first_message_delay(self.data.calls, grace=self._grace, **self.window)
        found["first_message_delay", "all"] = delay
        found["funnel", "all"] = funnel(
            self.data.calls,
            days=question.days,
            as_of=question.moment,
            grace=self._grace,
            **self.window,
        )
        if self.data.clients is not None and known_of_any(self.data.clients):
            for name in _OF_CLIENTS:
                found[name, "all"] = self._measured(name, None)
        for view in self.data.views if question.funder else ():
            if self.may_show(view) and (view.measure, view.by or "all") not in found:
                found[view.measure, view.by or "all"] = self._measured(
                    view.measure, view.by or None
                )
        if self.earlier:
            window = dict(zip(("start", "end"), self.earlier, strict=True))
            for name in COMPARED:
                frame = self._measured(name, None, **window)
                found[name + BEFORE, "all"] = frame.assign(measure=name + BEFORE)
        return {key: frame.reset_index(drop=True) for key, frame in found.items()}

    def _groupings(self) -> list[tuple[str, str]]:
        group = self.question.group
        wanted = [(name, self.period) for name in _OVER_TIME]
        column = self.question.column
        if group not in PERIODS and group not in SPLITTING and (not column or column[0] != group):
            wanted += [(name, group) for name in COMPARED]
        if group in SPLITTING and group not in _SPLITS:
            wanted.append(("missed_call_rate", group))
        if self._parts is not None:
            wanted += [(name, "part") for name in COMPARED]
        if not self.question.funder:
            wanted.append(("missed_call_rate", "hour"))
            if self.data.calls.get("booked_at", pd.Series()).notna().any():
                wanted.append(("missed_call_rate", "lead_time"))
        return wanted

    def _beside(self, by: str, this: str, other: str, *, over_time: bool) -> Compared | None:
        rows = []
        for name in COMPARED if self.tells_what_came else COMPARED[:2]:
            if by:
                frame = self.rates.get((name, by))
                if frame is None:
                    raise KitError(
                        _("There are no groups of '{by}' to compare in this report.").format(by=by)
                    )
                found = {str(row["group"]): row for row in records(frame)}
                for name_of in () if over_time else (this, other):
                    if name_of not in found:
                        raise KitError(
                            _("There is no {by} {name} to compare; there are: {known}.").format(
                                by=Thing(by.replace("_", " ")).one,
                                name=repr(name_of[:60]),
                                known=", ".join(list(found)[:20]),
                            )
                        )
                one, two = found.get(this, NOTHING), found.get(other, NOTHING)
            else:
                one, two = self.overall(name), self.overall(name + BEFORE)
            rows.append(side_by_side(name, (this, one), (other, two)))
        return Compared(this, other, pd.DataFrame(rows), over_time)

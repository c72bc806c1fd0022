"""What to do: advice that the numbers of a report ask for, each with the guidance it rests on.

A piece of advice is given where its figure has cases enough and its interval says so; at most
three are, the most pressing first. Where no figure asks for anything, that is said.
"""

from collections.abc import Iterator

import pandas as pd

from interview_coach.language import N_, _, ngettext
from interview_coach.measures import ENOUGH_KNOWN, IN_DOUBT, NOT_RECORDED
from interview_coach.measures.comparing import ABOVE, signals
from interview_coach.reports.content.saying import labels, shown, thing
from interview_coach.reports.figures import SPLITTING, Figures, Row, records
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import (
    FEW,
    counted,
    first_lower,
    first_upper,
    number,
    of_total,
    percent,
)

__all__ = ["things_to_do"]

_MOST = 3
# Half an hour: the latest that any adviser gives for reaching out first (F3, F4).
_LATE = 30
# What to do about the cause that is named most, and which piece of guidance says so.
_ABOUT = {
    "time_mix_up": (
        N_("have the date and the time zone of each invitation checked against the client's clock"),
        ("A2", "F5"),
    ),
    "wrong_number": (N_("have both numbers read back when a call is agreed"), ("B1", "F6")),
    "overran": (N_("agree on times with room on both sides"), ("E6",)),
    "forgot": (N_("have a short confirmation sent one to two hours before"), ("D4",)),
    "dropped_call": (N_("have clients take the call where reception is good"), ("E7",)),
    "no_reception": (N_("have clients take the call where reception is good"), ("E7",)),
    "travel": (N_("agree on times when the client is sure to be at their desk"), ("E7",)),
    "double_booked": (N_("have the calendar at hand when a new time is agreed"), ("E5",)),
}


def things_to_do(figures: Figures) -> tuple[list[str], str]:
    """Give at most three sentences, and what they rest on ("After guidance B3, B4.").

    Parameters
    ----------
    figures : Figures
        Of a log in which some call was held or missed.
    """
    whole = figures.overall("missed_call_rate")
    if int(whole["N"]) < FEW:
        says = _("Keep logging: {calls} held or missed are too few to act upon.")
        return [says.format(calls=Subject().counted(int(whole["N"])))], ""
    found = [advice for rule in _RULES for advice in rule(figures)][:_MOST]
    if not found:
        return [
            _("No figure here asks for a change by itself. Go on as you do, and keep logging.")
        ], ""
    sources = sorted({key for _says, keys in found for key in keys})
    rest = _("After guidance {ids}.").format(ids=", ".join(sources)) if sources else ""
    return [says for says, _keys in found], rest


_Advice = Iterator[tuple[str, tuple[str, ...]]]


def _nothing_after(figures: Figures) -> _Advice:
    missed = figures.overall("missed_call_rate")
    if not figures.tells_what_came and shown(missed) and int(missed["n"]) >= FEW:
        says = _("Log what comes after a missed call: nothing of it is on record so far.")
        yield says, ("B3", "D3")


def _still_open(figures: Figures) -> _Advice:
    row = figures.overall("recovery_rate")
    if figures.question.funder or not int(row.get("pending", 0)):
        return
    rebooked = figures.funnel
    waiting = int(rebooked["pending"].iloc[-1])
    if waiting:
        says = ngettext(
            "Follow up: {n} missed call is younger than {days} and may still be completed.",
            "Follow up: {n} missed calls are younger than {days} and may still be completed.",
            waiting,
        )
        days = counted(figures.question.days, "{n} day", "{n} days")
        yield says.format(n=number(waiting), days=days), ("D1", "D3")


def _not_rebooked(figures: Figures) -> _Advice:
    steps = figures.funnel
    first, again = (records(steps)[at] for at in (0, 3))
    if not shown(first) or not shown(again) or int(first["N"]) < FEW:
        return
    if not figures.tells_what_came:
        return
    missed, lost = int(first["n"]), int(first["n"]) - int(again["n"])
    if again["high"] < 0.5:
        says = (
            _(
                "Offer a new time in the first message: none of {total} missed calls was ever "
                "rebooked."
            )
            if lost == missed
            else _(
                "Offer a new time in the first message: {n} of {total} missed calls were never "
                "rebooked."
            )
        )
        yield _filled(says, lost, missed), ("B4", "D3")


def _filled(says: str, some: int, total: int) -> str:
    """Fill in how many of how many; where all are meant, their number alone."""
    counts = {"n": number(some)} if some != total else {}
    return says.format(total=number(total), **counts)


def _silent(figures: Figures) -> _Advice:
    row = figures.overall("first_message_delay")
    if not shown(row) or int(row["N"]) < FEW or not figures.tells_what_came:
        return
    without = int(row["N"]) - int(row["n"])
    if without * 2 > int(row["N"]):
        says = (
            _(
                "Send a first message, and log it: none of the {total} missed calls has one on "
                "record."
            )
            if without == int(row["N"])
            else _(
                "Send a first message, and log it: {n} of {total} missed calls have none on record."
            )
        )
        yield _filled(says, without, int(row["N"])), ("B3", "B4")


def _late(figures: Figures) -> _Advice:
    row = figures.delay
    if not shown(row) or int(row["n"]) < FEW or pd.isna(row["low"]):
        return
    if row["low"] > _LATE:
        says = _(
            "Have the first message sent sooner: half go out after more than {n} minutes, and "
            "advisers say 15 to 30."
        )
        yield says.format(n=number(row["value"])), ("B3", "F1", "F3")


def _cause(figures: Figures) -> _Advice:
    rows = [
        row
        for row in records(figures.rates["missed_call_rate", "cause"])
        if shown(row) and row["group"] not in (NOT_RECORDED, "unknown", "other")
    ]
    if not rows:
        return
    most = max(rows, key=lambda row: int(row["n"]))
    if int(most["n"]) < FEW or str(most["group"]) not in _ABOUT:
        return
    says, sources = _ABOUT[str(most["group"])]
    name = labels("cause")(most["group"])
    told = _("{advice}: the cause named most is “{name}”, for {calls}.").format(
        advice=first_upper(_(says)),
        name=first_lower(name),
        calls=Subject("missed call").counted(int(most["n"])),
    )
    yield told, sources


def _group(figures: Figures) -> _Advice:
    group = figures.question.group
    if group in SPLITTING or ("missed_call_rate", group) not in figures.rates:
        return
    if group == figures.period:
        return
    frame = figures.rates["missed_call_rate", group]
    frame = frame[(frame["reason"] == "") & ~frame["group"].isin([IN_DOUBT, NOT_RECORDED])]
    if len(frame) < 2:
        return
    worst = _worst(figures, frame)
    if worst:
        name = labels(group)(worst["group"])
        says = _(
            "Look at the {thing} “{name}” first: {rate} of its calls were missed, beyond ordinary "
            "noise."
        )
        rate = percent(float(worst["value"]))
        yield says.format(thing=Thing(thing(group)).one, name=name, rate=rate), ()


def _ahead(figures: Figures) -> _Advice:
    if ("missed_call_rate", "lead_time") not in figures.rates:
        return
    frame = figures.rates["missed_call_rate", "lead_time"]
    frame = frame[~frame["group"].isin([IN_DOUBT, NOT_RECORDED])]
    worst = _worst(figures, frame)
    if worst:
        overall = float(figures.overall("missed_call_rate")["value"])
        says = _(
            "Have calls confirmed that were booked long before: of those {days} ahead {rate} were "
            "missed, {overall} overall."
        )
        told = says.format(
            days=_(str(worst["group"])),
            rate=percent(float(worst["value"])),
            overall=percent(overall),
        )
        yield told, ("D4",)


def _worst(figures: Figures, frame: pd.DataFrame) -> Row | None:
    """Give the group whose calls are missed most, of those beyond ordinary noise."""
    judged = signals(frame, float(figures.overall("missed_call_rate")["value"]))
    out = judged[judged["signal"] == ABOVE]
    return records(out.sort_values("value", ascending=False))[0] if len(out) else None


def _unrecorded(figures: Figures) -> _Advice:
    missed = figures.overall("missed_call_rate")
    rows = records(figures.rates["missed_call_rate", "cause"])
    blank = [row for row in rows if row["group"] in (NOT_RECORDED, "unknown") and shown(row)]
    some = sum(int(row["n"]) for row in blank)
    if shown(missed) and int(missed["n"]) >= FEW and some * 2 > int(missed["n"]):
        says = (
            _("Log why calls are missed: for none of the {total} missed calls a cause is known.")
            if some == int(missed["n"])
            else _("Log why calls are missed: for {n} of {total} no cause is known.")
        )
        yield _filled(says, some, int(missed["n"])), ()


def _known(figures: Figures) -> _Advice:
    row = figures.overall("knowledge_rate")
    # Where no outcome at all is logged, nobody has begun to ask.
    asked = shown(row) and int(row["n"]) > 0 and int(row["N"]) >= FEW
    if asked and float(row["value"]) < ENOUGH_KNOWN:
        says = _("Ask clients what became of them: it is known of {cases}.")
        yield says.format(cases=of_total(int(row["n"]), int(row["N"]))), ()


_RULES = (
    _nothing_after,
    _still_open,
    _not_rebooked,
    _silent,
    _late,
    _ahead,
    _cause,
    _group,
    _unrecorded,
    _known,
)

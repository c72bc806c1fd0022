"""The outcome log's page: enter what happened to a call, see the list and the month's rate."""

import datetime as dt
import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import traitlets

from interview_coach.charts import rate_by_month
from interview_coach.errors import KitError
from interview_coach.measures import missed_call_rate, ordinary_noise
from interview_coach.outcomes import OutcomeLog, codes
from interview_coach.panels import kit
from interview_coach.panels.desk import Desk
from interview_coach.times import local_zone, now_in, zone

__all__ = ["LogModel", "log_panel"]

_STATES = [
    ("We spoke", "completed"),
    ("It was missed", "missed"),
    ("It was moved to a new time beforehand", "moved"),
    ("It was called off beforehand", "cancelled"),
    ("Not yet, or I don't know", "pending"),
]
_BECAME = {
    "completed": "spoke",
    "missed": "missed",
    "moved": "moved beforehand",
    "cancelled": "called off",
    "pending": "still open",
}
_LATEST = 12  # rows of the list on the page: what a reader takes in at a glance


class LogModel(traitlets.HasTraits):
    """An entry being typed, and the log it goes to.

    `log` is a file or URL, `coach` who is writing. The other fields are those of `CallEntry`, as
    the page holds them; `interview` is the interview that the call belongs to, "" for a new one.
    `saved` counts what has been logged from this page.
    """

    client = traitlets.Unicode()
    employer = traitlets.Unicode()
    cohort = traitlets.Unicode()
    interview = traitlets.Unicode()
    day = traitlets.Any(None)
    time = traitlets.Any(None)
    timezone = traitlets.Unicode()
    channel = traitlets.Unicode("phone")
    caller = traitlets.Unicode("interviewer")
    state = traitlets.Unicode("completed")
    missed_by = traitlets.Unicode("interviewer_no_call")
    cause = traitlets.Unicode("unknown")
    notes = traitlets.Unicode()
    saved = traitlets.Int(0)

    def __init__(self, log: str, coach: str, **given: Any) -> None:
        super().__init__(**given)
        self.log, self.coach = log, coach
        self._key = secrets.token_hex(8)

    def save(self) -> None:
        """Log the call in one transaction; the fields for the next one keep what rarely changes.

        Raises
        ------
        KitError
            If something is missing or contradicts itself; nothing is written, nothing is lost.
        """
        if not isinstance(self.day, dt.date) or not isinstance(self.time, dt.time):
            raise KitError("Agreed for: give the day and the time of the call.")
        missed = self.state == "missed"
        entry: dict[str, Any] = {
            "client_id": self.client.strip(),
            "scheduled_at": f"{self.day:%Y-%m-%d}T{self.time:%H:%M}",
            "timezone": zone(self.timezone, "Time zone"),
            "state": self.state,
            "channel": self.channel,
            "caller": self.caller,
            "missed_by": self.missed_by if missed else None,
            "cause": self.cause if missed and self.cause != "unknown" else None,
            "employer": self.employer.strip() or None,
            "cohort": self.cohort.strip() or None,
            "interview_id": self.interview or None,
            "notes": self.notes.strip() or None,
            # A doubled click, or a second one after a lost connection, is the same call.
            "entry_key": self._key,
        }
        if self.interview:
            entry["employer"] = entry["cohort"] = None
        with OutcomeLog.open(self.log, self.coach) as log:
            log.add_call(entry)
        self._key = secrets.token_hex(8)
        self.interview, self.notes, self.time = "", "", None
        self.saved += 1

    def calls(self) -> pd.DataFrame:
        """Read the log: the calls frame."""
        with OutcomeLog.open(self.log, self.coach) as log:
            return log.calls()

    def follow_up(self, interview: str, client: str) -> None:
        """Make the entry the next call of an interview that is in the log already."""
        self.interview, self.client = interview, client


def from_today(today: Mapping[str, Any]) -> dict[str, Any]:
    """Say what is known of today's call in the terms of an entry; empty where nothing fits."""
    try:
        day, time = dt.date.fromisoformat(today["day"]), dt.time.fromisoformat(today["time"])
        caller = today["caller"]
        missed_by = {
            "candidate": "candidate",
            "interviewer": "interviewer_no_call"
            if caller == "interviewer"
            else "interviewer_no_answer",
        }.get(today["missed_by"], "unknown")
        return {
            "day": day,
            "time": time,
            "timezone": zone(today["timezone"]),
            "caller": caller,
            "channel": today["channel"],
            "state": "missed",
            "missed_by": missed_by,
        }
    except (KeyError, TypeError, ValueError, KitError):
        return {}


def log_panel(
    log: str = "outcomes.db", coach: str = "me", timezone: str = "", desk: str = "", **given: Any
) -> kit.Page:
    """Show the page of the outcome log.

    Parameters
    ----------
    log : str
        A file or URL; it is made if it is not there.
    coach : str
        Who is writing.
    timezone : str
        The clients' zone (IANA name); the machine's if empty.
    desk : str
        The file with today's call, whose answers the form begins with; "" for none.
    **given
        Fields of `LogModel` that are known already.
    """
    tz = timezone or local_zone()
    kept = Desk(desk)
    given = {**from_today(kept.read("today")), **given}
    tz = given.pop("timezone", tz)
    given.setdefault("day", now_in(tz).date().to_stdlib())
    model = LogModel(log, coach, timezone=tz, **given)
    page = kit.page("Log what happened", "", current="outcomes")
    page.model = model
    notice = kit.Notice()
    form, asked, seen = kit.Region(), kit.Region(), kit.Region()
    page.body.show(form, seen)

    def draw_list(_: Any = None) -> None:
        calls = model.calls()
        page.head("Log what happened", _lead(calls))
        seen.show(*_list(calls, model, notice))

    def draw_form(_: Any = None) -> None:
        form.show(_form(model, asked, notice, save))

    def save() -> None:
        # The form itself stays: who types on quickly must not lose a letter.
        model.save()
        kept.clear("today", "draft")
        draw_list()
        notice.done("Logged. The chart and the list below have it.")
        page.say("Logged.")

    # These outlive the form they stand in.
    notice.keep = asked.keep = True
    model.observe(draw_form, "interview")
    kit.on_change(model, lambda _: _of_a_miss(asked, model), notice, name="state")
    _of_a_miss(asked, model)
    draw_form()
    draw_list()
    return page


def _lead(calls: pd.DataFrame) -> str:
    if calls.empty:
        return "Nothing is logged yet. The first call takes a minute."
    missed = int((calls["state"] == "missed").sum())
    many = "1 call" if len(calls) == 1 else f"{len(calls):,} calls"
    return f"{many} in the log, {missed:,} of them missed."


def _form(model: LogModel, asked: kit.Region, notice: kit.Notice, save: Any) -> Any:
    follows = bool(model.interview)
    fields: dict[str, Any] = {
        "state": kit.radio("What became of the call?", _STATES, model.state),
        "client": kit.text_input(
            "Client", model.client, hint="A pseudonym, such as C-014: names stay out of the log."
        ),
        "day": kit.date_input("Agreed day", model.day),
        "time": kit.time_input("Agreed time", model.time, hint="On the client's clock."),
        "timezone": kit.text_input("Client's time zone", model.timezone),
        "channel": kit.dropdown("How", _options("channel"), model.channel),
        "caller": kit.dropdown(
            "Who was to call",
            [("the interviewer", "interviewer"), ("the client", "candidate")],
            model.caller,
        ),
        "notes": kit.text_input("Notes", model.notes, hint="Private; never in a report."),
    }
    if not follows:
        fields["employer"] = kit.text_input("Employer", model.employer)
        fields["cohort"] = kit.text_input("Group", model.cohort, hint="Programme or cohort.")
    for name, field in fields.items():
        kit.link((model, name), (field, "value"))
    rows = (
        ("client", "employer", "cohort"),
        ("day", "time", "timezone"),
        ("channel", "caller", "notes"),
    )
    shown = [[fields[name] for name in names if name in fields] for names in rows]
    return kit.card(
        kit.text("The next call of an interview that is logged already.", soft=True)
        if follows
        else None,
        fields["state"],
        asked,
        *(kit.columns(*row) for row in shown if row),
        kit.row(
            kit.button("Log it", save, where=notice, main=True),
            kit.button("A new interview instead", lambda: model.follow_up("", ""), where=notice)
            if follows
            else None,
        ),
        notice,
    )


def _of_a_miss(asked: kit.Region, model: LogModel) -> None:
    """Ask who missed it and why, only while the call is said to be missed."""
    if model.state != "missed":
        asked.show()
        return
    who = kit.dropdown("Who missed it", _options("missed_by"), model.missed_by)
    why = kit.dropdown("Why, if known", _options("cause"), model.cause)
    kit.link((model, "missed_by"), (who, "value"))
    kit.link((model, "cause"), (why, "value"))
    asked.show(kit.columns(who, why))


def _options(field: str) -> list[tuple[str, str]]:
    return [(says, code) for code, says in codes(field).items()]


def _list(calls: pd.DataFrame, model: LogModel, notice: kit.Notice) -> list[Any]:
    if calls.empty:
        return [
            kit.empty("Enter the first call above, or import a file with interview-coach import.")
        ]
    open_ = _open_interviews(calls)
    latest: list[Any] = list(calls.tail(_LATEST).iloc[::-1].itertuples())
    rows = [
        (
            _local(call),
            call.client_id,
            "" if pd.isna(call.employer) else call.employer,
            _BECAME[call.state],
            "" if pd.isna(call.missed_by) else codes("missed_by")[call.missed_by],
        )
        for call in latest
    ]
    head = ("Agreed for", "Client", "Employer", "What became of it", "Who missed it")
    return [
        _chart(calls),
        kit.heading(f"{len(open_)} missed or moved, with no next call yet") if open_ else None,
        *(
            kit.row(
                kit.text(f"{_local(call)} · {call.client_id}"),
                kit.button(
                    f"Log the next call of {call.client_id}",
                    partial(model.follow_up, call.interview_id, call.client_id),
                    where=notice,
                ),
            )
            for call in open_[:5]
        ),
        kit.heading("The latest calls"),
        kit.table(head, rows, caption=f"The latest {len(rows)} of {len(calls):,} calls"),
        kit.row(kit.link_button("See the report", page="06_outcome_report")),
    ]


def _open_interviews(calls: pd.DataFrame) -> list[Any]:
    """Find the interviews whose latest call was missed or moved: somebody has to follow up."""
    latest = calls.sort_values("sequence").groupby("interview_id", sort=False).tail(1)
    waiting = latest[latest["state"].isin(["missed", "moved"])].sort_values("scheduled_at")
    return list(waiting.iloc[::-1].itertuples())


def _chart(calls: pd.DataFrame) -> Any:
    rates = ordinary_noise(missed_call_rate(calls, "month"))
    if not rates["N"].sum():
        return kit.text("The chart comes with the first call that was held or missed.", soft=True)
    chart = rate_by_month(rates, synthetic=bool(calls["synthetic"].any()))
    return kit.card(kit.trusted(chart.html()))


def _local(call: Any) -> str:
    local = call.scheduled_at.tz_convert(call.timezone)
    return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M}"

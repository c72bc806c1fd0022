"""One call as a form holds it: what is typed, and what that is in the terms of the log."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import traitlets

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import codes
from interview_coach.outcomes.moments import first_moment
from interview_coach.times import now_in, shown_twice, zone

__all__ = ["KEPT", "EntryModel", "from_today"]

KEPT = (
    *("client", "employer", "cohort", "tags", "day", "time", "timezone", "channel", "caller"),
    *("state", "missed_by", "cause", "messaged", "message_day", "message_time", "until_time"),
    *("went_on", "spoke_day", "spoke_time", "new_day", "new_time", "initiator", "reason"),
    *(
        "booked_day",
        "booked_time",
        "waited",
        "notes",
        "interview",
        "of_coach",
        "follows",
        "which",
        "made_up",
    ),
)
"""What is kept of an entry that is being typed; from it the form can be filled again."""
_WORDS = {
    "went_on": frozenset(("nothing", "spoke", "rebooked")),
    "which": frozenset(("", "first", "second")),
}
_CODED = ("channel", "caller", "state", "missed_by", "cause", "initiator")


class EntryModel(traitlets.HasTraits):
    """A call being entered or changed.

    Days and times are those of the client's clock. `interview` is the interview that a new call is
    the next one of, "" for a new interview; `call_id` the call that is being changed, "" for a new
    one. `went_on` says how a missed call went on: ``nothing``, ``spoke`` or ``rebooked``. `which`
    says which is meant of an hour that the clocks show twice, going back: ``first``, ``second``, or
    "" where nobody has said. `made_up` marks an example: logged, it counts as synthetic.
    """

    client = traitlets.Unicode()
    employer = traitlets.Unicode()
    cohort = traitlets.Unicode()
    tags = traitlets.Unicode()
    day = traitlets.Any(None)
    time = traitlets.Any(None)
    timezone = traitlets.Unicode()
    booked_day = traitlets.Any(None)
    booked_time = traitlets.Any(None)
    channel = traitlets.Unicode("phone")
    caller = traitlets.Unicode("interviewer")
    state = traitlets.Unicode("completed")
    missed_by = traitlets.Unicode("interviewer_no_call")
    cause = traitlets.Unicode("unknown")
    messaged = traitlets.Bool(False)
    message_day = traitlets.Any(None)
    message_time = traitlets.Any(None)
    until_day = traitlets.Any(None)
    until_time = traitlets.Any(None)
    went_on = traitlets.Unicode("nothing")
    spoke_day = traitlets.Any(None)
    spoke_time = traitlets.Any(None)
    new_day = traitlets.Any(None)
    new_time = traitlets.Any(None)
    initiator = traitlets.Unicode()
    reason = traitlets.Unicode()
    waited = traitlets.Unicode()
    notes = traitlets.Unicode()
    interview = traitlets.Unicode()
    of_coach = traitlets.Unicode()
    follows = traitlets.Unicode()
    which = traitlets.Unicode()
    made_up = traitlets.Bool(False)
    call_id = traitlets.Unicode()
    revision = traitlets.Int(0)

    def fields(self) -> dict[str, Any]:
        """Give the call's fields as `CallEntry` takes them; only what the chosen end has.

        Raises
        ------
        KitError
            If a day or a time is missing that something else says is there.
        """
        if not isinstance(self.day, dt.date) or not isinstance(self.time, dt.time):
            raise KitError(_("Agreed for: give the day and the time of the call."))
        missed = self.state == "missed"
        ended = self.state in {"missed", "moved", "cancelled"}
        # A call that is changed keeps what was known of its message; a new one has it if missed.
        messaged = self.messaged and (missed or bool(self.call_id))
        if messaged and self.message_time is None and self.until_time is None:
            raise KitError(_("Message: give the time it was sent at, or take the tick away."))
        spoke = self.went_on == "spoke" and (
            missed or (self.state == "completed" and bool(self.call_id))
        )
        if spoke and self.spoke_time is None:
            raise KitError(_("You spoke after all: give the time at which that was."))
        moved = self._is_moved
        sent_on = self.message_day or self.day
        return {
            "scheduled_at": self._at(self.day, self.time),
            "timezone": zone(self.timezone, _("Client's time zone")),
            "booked_at": self._booked(),
            "state": self.state,
            "channel": self.channel,
            "caller": self.caller,
            "missed_by": self.missed_by if missed else None,
            "cause": self.cause if ended and self.cause != "unknown" else None,
            "initiator": self.initiator or None if moved else None,
            "reason": self.reason.strip() or None if moved or self.state == "cancelled" else None,
            "first_message_at": self._at(sent_on, self.message_time) if messaged else None,
            "window_until": self._at(self.until_day or sent_on, self.until_time)
            if messaged
            else None,
            "reconnected_at": self._at(self.spoke_day or self.day, self.spoke_time)
            if spoke
            else None,
            "waited_minutes": _whole(self.waited) if missed or self.call_id else None,
            "employer": self.employer.strip() or None,
            "cohort": self.cohort.strip() or None,
            "notes": self.notes.strip() or None,
            **({"synthetic": True} if self.made_up else {}),
        }

    def _booked(self) -> str | dt.datetime | None:
        if self.booked_day is None:
            if self.booked_time is not None:
                raise KitError(_("Booked on: give the day as well, or leave the time empty."))
            return None
        if self.booked_time is None:
            return first_moment(self.booked_day, zone(self.timezone, _("Client's time zone")))
        return self._at(self.booked_day, self.booked_time)

    @property
    def is_shown_twice(self) -> bool:
        """Whether the clocks show one of the times twice, so that somebody has to say which is meant."""
        sent_on = self.message_day or self.day
        times = [(self.day, self.time), (self.new_day, self.new_time)]
        times += [(sent_on, self.message_time), (self.until_day or sent_on, self.until_time)]
        times += [
            (self.spoke_day or self.day, self.spoke_time),
            (self.booked_day, self.booked_time),
        ]
        try:
            return any(
                day and time and shown_twice(day, time, self.timezone) for day, time in times
            )
        except KitError:
            # A zone that is none is said where it is typed.
            return False

    def _at(self, day: dt.date, time: dt.time | None) -> str | None:
        if time is None:
            return None
        both = shown_twice(day, time, zone(self.timezone, _("Client's time zone")))
        if both is None:
            return f"{day:%Y-%m-%d}T{time:%H:%M}"
        if not self.which:
            raise KitError(
                _(
                    "The clocks go back that night, and {time} comes twice: say which of the two "
                    "is meant."
                ).format(time=f"{time:%H:%M}")
            )
        return both[self.which == "second"]

    @property
    def _is_moved(self) -> bool:
        """Whether there is, or may be, a new time that somebody asked for."""
        if self.state == "missed":
            return self.went_on == "rebooked" or bool(self.call_id)
        return bool(self.state == "moved")

    def next_call(self) -> dict[str, Any] | None:
        """Give the call at the new time, None where none is agreed.

        Raises
        ------
        KitError
            If only half of its time is given.
        """
        rebooked = self.state == "missed" and self.went_on == "rebooked"
        if self.call_id or not (rebooked or self.state == "moved"):
            return None
        if self.new_day is None and self.new_time is None and not rebooked:
            return None
        if self.new_day is None or self.new_time is None:
            raise KitError(_("New time: give its day and its time."))
        return {
            "scheduled_at": self._at(self.new_day, self.new_time),
            "timezone": zone(self.timezone, _("Client's time zone")),
            "booked_at": self._agreed() if rebooked else None,
            "state": "pending",
            "channel": self.channel,
            "caller": self.caller,
        }

    def _agreed(self) -> dt.datetime | None:
        """Say when the new time was agreed: for a call missed today it was this day, else nobody knows."""
        now = now_in(self.timezone).to_stdlib()
        ahead = now.replace(tzinfo=None) < dt.datetime.combine(self.new_day, self.new_time)
        return now if now.date() == self.day and ahead else None

    def load(self, call: Mapping[str, Any]) -> None:
        """Take a call over as the log has it (`OutcomeLog.call`), to be changed."""
        clock = ZoneInfo(call["timezone"])

        def split(name: str) -> tuple[dt.date | None, dt.time | None]:
            if call[name] is None:
                return None, None
            here = call[name].astimezone(clock)
            if shown_twice(here.date(), here.time(), call["timezone"]):
                self.which = self.which or ("second" if here.fold else "first")
            return here.date(), here.time().replace(second=0, microsecond=0, tzinfo=None)

        with self.hold_trait_notifications():
            self.call_id, self.revision = call["call_id"], call["revision"]
            self.interview, self.of_coach = call["interview_id"], call["coach"]
            self.client, self.timezone = call["client_id"], call["timezone"]
            for name in ("employer", "cohort", "initiator", "reason", "notes"):
                setattr(self, name, call[name] or "")
            for name in ("channel", "caller", "state"):
                setattr(self, name, call[name])
            self.missed_by = call["missed_by"] or "interviewer_no_call"
            self.cause = call["cause"] or "unknown"
            self.waited = "" if call["waited_minutes"] is None else str(call["waited_minutes"])
            self.day, self.time = split("scheduled_at")
            self.booked_day, self.booked_time = split("booked_at")
            self.message_day, self.message_time = split("first_message_at")
            self.until_day, self.until_time = split("window_until")
            self.spoke_day, self.spoke_time = split("reconnected_at")
            self.messaged = self.message_time is not None or self.until_time is not None
            self.went_on = "nothing" if self.spoke_time is None else "spoke"
        self._loaded = self.fields()

    def changed(self) -> dict[str, Any]:
        """Give the fields that are other than they were loaded, with their new values."""
        now = self.fields()
        changed = {name: value for name, value in now.items() if value != self._loaded[name]}
        if "timezone" in changed:
            # The clock times stay as they are read, so the moments are others.
            changed |= {name: value for name, value in now.items() if _is_time(name) and value}
        return changed

    def kept(self) -> dict[str, Any]:
        """Give what is typed in a form that a file can hold."""
        told = {name: getattr(self, name) for name in KEPT}
        return {
            name: value.isoformat() if isinstance(value, dt.date | dt.time) else value
            for name, value in told.items()
        }

    def take(self, kept: Mapping[str, Any]) -> None:
        """Fill in what was kept; what does not fit its field is left out."""
        for name in KEPT:
            value = kept.get(name)
            try:
                if value and (name == "day" or name.endswith("_day")):
                    value = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
                elif value and (name == "time" or name.endswith("_time")):
                    value = value if isinstance(value, dt.time) else dt.time.fromisoformat(value)
                elif (value and name in _CODED and value not in codes(name)) or (
                    value not in _WORDS.get(name, {value})
                ):
                    continue
                if value is not None:
                    setattr(self, name, value)
            except (TypeError, ValueError, traitlets.TraitError):
                continue


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
            **_message_of(today),
        }
    except (KeyError, TypeError, ValueError, KitError):
        return {}


def _message_of(today: Mapping[str, Any]) -> dict[str, Any]:
    """Say when the first message of today's call went out, as it was ticked off, and its window."""
    if not today.get("messaged"):
        return {}
    sent = dt.datetime.fromisoformat(today["messaged"])
    until = dt.time.fromisoformat(today["until"]) if today.get("until") else None
    return {
        "messaged": True,
        "message_day": sent.date(),
        "message_time": sent.time().replace(second=0, microsecond=0),
        "until_day": sent.date() if until else None,
        "until_time": until,
    }


def _is_time(name: str) -> bool:
    return name.endswith("_at") or name == "window_until"


def _whole(words: str) -> int | None:
    words = words.strip()
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and len(words) <= 6):
        raise KitError(_("Minutes waited: a whole number is needed, or nothing."))
    return int(words)

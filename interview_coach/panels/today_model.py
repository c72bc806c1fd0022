"""What a person says of today's call, and the plan made from it."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import traitlets
from whenever import ZonedDateTime

from interview_coach.advice import Plan, Situation, advise
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import fields_from_plan, fill
from interview_coach.panels.desk import Desk
from interview_coach.playbook import Playbook
from interview_coach.times import now_in, read_time, zone

__all__ = ["TodayModel"]

_KEPT = (
    "caller", "missed_by", "channel", "day", "time", "timezone", "their_timezone", "attempts", "miss",
    "sender", "reader", "role", "phone", "number", "times", "ticked", "invited", "until", "messaged",
)  # fmt: skip


class TodayModel(traitlets.HasTraits):
    """What a person says of the call, and the plan made from it.

    `day` and `time` are the agreed start on the person's own clock; `timezone` is theirs,
    `their_timezone` the interviewer's, "" if not known. `now` is ISO 8601 and stands in for the
    machine's clock where it is given.
    """

    caller = traitlets.Unicode("interviewer")
    missed_by = traitlets.Unicode("interviewer")
    channel = traitlets.Unicode("phone")
    day = traitlets.Any(None)
    time = traitlets.Any(None)
    timezone = traitlets.Unicode()
    their_timezone = traitlets.Unicode()
    attempts = traitlets.Int(0)
    miss = traitlets.Int(1)
    now = traitlets.Unicode()
    sender = traitlets.Unicode()
    reader = traitlets.Unicode()
    role = traitlets.Unicode()
    phone = traitlets.Unicode()
    number = traitlets.Unicode()
    # The start as the invitation read it: day, time and zone, ISO 8601.
    invited = traitlets.Unicode()
    until = traitlets.Unicode()  # how long the plan holds, a clock time; "" where it holds no more
    messaged = traitlets.Unicode()  # when the first voicemail or email was ticked off, ISO 8601
    times = traitlets.Unicode()
    plan = traitlets.Instance(Plan, allow_none=True)
    ticked = traitlets.List(traitlets.Unicode())

    def __init__(self, playbook: Playbook, desk: str = "", **given: Any) -> None:
        super().__init__(**given)
        self.playbook = playbook
        self.desk = Desk(desk)
        self.made_up = False
        self._take(self.desk.read("today"), given)

    def keep(self) -> None:
        """Keep what was answered and done on the desk; an example is not kept."""
        if self.made_up:
            return
        self.desk.keep(
            "today",
            {
                name: value.isoformat() if isinstance(value, dt.date | dt.time) else value
                for name, value in ((name, getattr(self, name)) for name in _KEPT)
            },
        )

    def _take(self, kept: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        for name in _KEPT:
            value = kept.get(name)
            try:
                if isinstance(value, str) and name in {"day", "time"}:
                    type_ = dt.date if name == "day" else dt.time
                    value = type_.fromisoformat(value)
                if value is not None and name not in given:
                    setattr(self, name, value)
            except (ValueError, traitlets.TraitError):
                continue

    def resume(self) -> None:
        """Take up the plan that was on the desk, if its call is today's."""
        if not self.desk.read("today"):
            return
        # What stands in the way is said where it is asked, not on opening the page.
        with suppress(KitError):
            if self.day == self.moment().date().to_stdlib():
                self.ask()

    def tick(self, step: str, done: bool) -> None:
        """Tick a step as done, or take the tick back."""
        self.ticked = [*(one for one in self.ticked if one != step), *([step] if done else [])]
        sent = {one.id for one in self.plan.steps if one.template} if self.plan else set()
        if done and step in sent and not self.messaged:
            self.messaged = _written(self.moment())
        elif not sent & set(self.ticked):
            self.messaged = ""
        self.keep()

    def afresh(self) -> None:
        """Clear the desk of today's call, its draft and its appointment; who you are stays."""
        if not self.made_up:
            self.desk.clear("today", "draft", "appointment")
        self.made_up = False
        self.time = None
        for name in ("their_timezone", "number", "reader", "role", "times", "invited", "until"):
            setattr(self, name, "")
        self.attempts, self.miss, self.ticked, self.messaged = 0, 1, [], ""
        self.plan = None

    def example(self) -> None:
        """Fill in a made-up call, seven minutes past its start, and ask; nothing of it is kept.

        Raises
        ------
        KitError
            If a call of the person's own is there already.
        """
        if self.time is not None or self.number or self.invited:
            raise KitError(
                _(
                    "Your own call is filled in already: the example would overwrite it. Choose What "
                    "now?, then Start anew, to make room."
                )
            )
        start = self.moment().subtract(minutes=7)
        self.made_up = True
        self.caller, self.missed_by, self.channel = "interviewer", "interviewer", "phone"
        self.attempts, self.miss, self.ticked = 0, 1, []
        self.day, self.time = start.date().to_stdlib(), dt.time(start.hour, start.minute)
        self.ask()

    def ask(self) -> None:
        """Make the plan for this moment.

        Raises
        ------
        KitError
            If day or time is missing, a zone is unknown, or the interview is still ahead.
        """
        if not isinstance(self.day, dt.date) or not isinstance(self.time, dt.time):
            raise KitError(_("Agreed for: give the day and the time of the interview."))
        timezone = zone(self.timezone, _("Your time zone"))
        theirs = self.their_timezone.strip()
        scheduled = read_time(f"{self.day:%Y-%m-%d}T{self.time:%H:%M}", timezone, _("Agreed for"))
        situation = Situation(
            caller=self.caller,
            scheduled=scheduled,
            missed_by=self.missed_by,
            their_timezone=zone(theirs, _("Their time zone")) if theirs else None,
            attempts=self.attempts,
            miss=self.miss,
            channel=self.channel,
            zone_is_written=bool(self.invited) and self.invited == _written(scheduled),
        )
        plan = advise(situation, self.moment(scheduled), self.playbook)
        held = plan.give_up_at if plan.give_up_at and plan.give_up_at > plan.now else None
        self.until = f"{held.hour:02}:{held.minute:02}" if held else ""
        self.plan = plan
        self.keep()

    def moment(self, not_before: ZonedDateTime | None = None) -> ZonedDateTime:
        """Give the time now on the person's clock."""
        timezone = zone(self.timezone, _("Your time zone"))
        if self.now:
            return read_time(self.now, timezone, _("Now"), not_before=not_before)
        return now_in(timezone)

    def again(self) -> None:
        """Go back to the questions; what was answered stays, unless it was made up."""
        if self.made_up:
            self.afresh()
        self.plan = None

    def draft(self, kind: str) -> str:
        """Write the message of a kind for the plan; its window is the plan's (K3).

        Raises
        ------
        KitError
            If something that the message needs has not been given.
        """
        plan = self.plan
        if plan is None:
            raise KitError(_("Ask what to do first; the message follows from it."))
        given: dict[str, Any] = {
            "sender": self.sender.strip(),
            "reader": self.reader.strip(),
            "role": self.role.strip(),
            "phone": self.phone.strip(),
            "times": tuple(part.strip() for part in self.times.split(";") if part.strip()),
        }
        given = {name: value for name, value in given.items() if value}
        self.keep()
        return fill(
            kind, fields_from_plan(plan, given), self.playbook, now=plan.now, plan=plan, keys=False
        ).text


def _written(moment: ZonedDateTime) -> str:
    return moment.to_fixed_offset().format_iso()

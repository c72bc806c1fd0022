"""What to do next when an interview call does not connect: a situation in, a timed plan out.

A pure function of its arguments: it reads no clock and no file. Everything it says comes from the
playbook; here the conditions meet a situation and minutes become moments.
"""

from dataclasses import dataclass
from typing import Any

from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.mixups import zone_words
from interview_coach.playbook import Facts, Playbook, Rule, Source, Timing
from interview_coach.times import Clock, clock_time, day_words, minutes_between, tz_of, zone
from interview_coach.wording import time_span

__all__ = ["Plan", "Situation", "Step", "advise", "facts_at", "time_check"]


@dataclass(frozen=True)
class Situation:
    """What a person can say about a call that did not connect.

    Attributes
    ----------
    caller : str
        Who was to call: ``interviewer`` or ``candidate``.
    scheduled : ZonedDateTime
        The agreed start, in the candidate's zone.
    missed_by : str
        ``interviewer``, ``candidate`` or ``unknown``.
    their_timezone : str, optional
        The interviewer's zone (IANA name), where it is known.
    attempts : int
        How often the candidate has called so far.
    miss : int
        Which miss in a row of this interview it is; 1 is the first.
    channel : str
        ``phone``, ``video`` or ``in_person``.
    stage : str
        ``waiting``, ``rebooked`` (then `new_time` says when) or ``spoken`` (`spoke_at`).
    new_time, spoke_at : ZonedDateTime, optional
        The newly agreed start; the end of the conversation.
    zone_is_written : bool
        Whether the invitation itself names `their_timezone`: then no mix-up of zones is left to suspect.

    Raises
    ------
    KitError
        If a value is not one of the above, or one that the stage needs is not given.
    """

    caller: str
    scheduled: ZonedDateTime
    missed_by: str = "unknown"
    their_timezone: str | None = None
    attempts: int = 0
    miss: int = 1
    channel: str = "phone"
    stage: str = "waiting"
    new_time: ZonedDateTime | None = None
    spoke_at: ZonedDateTime | None = None
    zone_is_written: bool = False

    def __post_init__(self) -> None:
        for name, allowed in (
            ("caller", ("interviewer", "candidate")),
            ("missed_by", ("interviewer", "candidate", "unknown")),
            ("channel", ("phone", "video", "in_person")),
            ("stage", ("waiting", "rebooked", "spoken")),
        ):
            value = getattr(self, name)
            if value not in allowed:
                raise KitError(
                    _("{name}: {value} is not known; use one of {known}.").format(
                        name=name, value=repr(value), known=", ".join(allowed)
                    )
                )
        if self.attempts < 0:
            raise KitError(
                _("attempts: {number} calls cannot be; give 0 or more.").format(
                    number=self.attempts
                )
            )
        if self.miss < 1:
            raise KitError(
                _("miss: {number} cannot be; the first miss is 1.").format(number=self.miss)
            )
        if self.stage == "rebooked" and self.new_time is None:
            raise KitError(_("new time: a new appointment was agreed; say for when."))
        if self.their_timezone is not None:
            zone(self.their_timezone, _("their timezone"))


@dataclass(frozen=True)
class Step:
    """One thing to do: not before `earliest`, best at `due`, at the latest by `latest`."""

    id: str
    do: str
    say: str
    earliest: ZonedDateTime
    due: ZonedDateTime
    latest: ZonedDateTime
    because: str
    source: tuple[str, ...]
    template: str | None

    def as_dict(self) -> dict[str, Any]:
        """Give the step as plain values, its times as ISO 8601 with offset."""
        return {
            "id": self.id,
            "do": self.do,
            "say": self.say,
            "earliest": iso(self.earliest),
            "due": iso(self.due),
            "latest": iso(self.latest),
            "because": self.because,
            "source": list(self.source),
            "template": self.template,
        }


@dataclass(frozen=True)
class Plan:
    """What to do from now on.

    Attributes
    ----------
    steps : tuple of Step
        By due time.
    hold_until, give_up_at : ZonedDateTime or None
        Not before the first and no need to stay beyond the second (C2, C3). None where nobody is
        waited for: the candidate missed the call, or a new time has been agreed.
    avoid : tuple of Rule
        What not to do just now, each with its reason.
    variants : tuple of Source
        Who says otherwise about a step of this plan.
    picked : tuple of str
        Ids of the variants that this plan follows.
    time_check : str
        What the two clocks say, in a sentence; empty where the other zone is not known.
    """

    situation: Situation
    now: ZonedDateTime
    steps: tuple[Step, ...]
    hold_until: ZonedDateTime | None
    give_up_at: ZonedDateTime | None
    avoid: tuple[Rule, ...]
    variants: tuple[Source, ...]
    picked: tuple[str, ...]
    time_check: str

    def as_dict(self) -> dict[str, Any]:
        """Give the plan as plain values for JSON, times as ISO 8601 with offset."""
        return {
            "steps": [step.as_dict() for step in self.steps],
            "hold_until": iso(self.hold_until),
            "give_up_at": iso(self.give_up_at),
            "variants": [
                {
                    "id": source.id,
                    "says": source.says,
                    "where": source.where,
                    "picked": source.id in self.picked,
                }
                for source in self.variants
            ],
            "avoid": [
                {
                    "id": rule.id,
                    "say": rule.say,
                    "because": rule.because,
                    "source": list(rule.source),
                }
                for rule in self.avoid
            ],
            "time_check": self.time_check,
        }


def iso(moment: ZonedDateTime | None) -> str | None:
    """Write a moment as ISO 8601 with its offset, to the second; None stays None."""
    return moment.to_fixed_offset().format_iso() if moment is not None else None


def facts_at(situation: Situation, now: ZonedDateTime, playbook: Playbook) -> Facts:
    """Say what is known at a moment, in the terms that rules ask for."""
    past = minutes_between(situation.scheduled, now)
    facts = Facts(
        caller=situation.caller,
        missed_by=situation.missed_by,
        minutes_past=past,
        attempts=situation.attempts,
        miss=situation.miss,
        channel=situation.channel,
        stage=situation.stage,
    )
    hold = playbook.hold(facts)
    # Nobody is waited for: there is no end of the wait, so as much time is left as anyone may ask.
    left = hold.due - past if hold else 24 * 60
    return Facts(**{**facts.__dict__, "minutes_left": left})


def advise(situation: Situation, now: ZonedDateTime, playbook: Playbook) -> Plan:
    """Say what to do from now on.

    Parameters
    ----------
    situation : Situation
        What is known of the call.
    now : ZonedDateTime
        The moment of asking, in any zone.
    playbook : Playbook
        The rules, with house rules and picked variants already laid over them.

    Returns
    -------
    Plan
        Its times are in the candidate's zone and never before `now`, except `hold_until` and
        `give_up_at`, which say what held.

    Raises
    ------
    KitError
        If `now` is before the appointment: nothing has been missed yet.
    """
    scheduled = situation.scheduled
    now = now.to_tz(tz_of(scheduled))
    if situation.stage == "waiting" and now < scheduled:
        ahead = minutes_between(now, scheduled)
        raise KitError(
            _(
                "now: it is {now} and the interview is {start} ({zone}), {length} ahead; nothing "
                "has been missed yet, ask again once it has begun or check the date and zone that "
                "you gave."
            ).format(
                now=_said(now, now),
                start=_said(scheduled, now),
                zone=scheduled.tz_id,
                length=time_span(ahead),
            )
        )
    if situation.stage == "rebooked" and situation.new_time and situation.new_time <= now:
        raise KitError(
            _(
                "new time: {time} has come already; if that call did not connect either, give it as "
                "the scheduled time and count one more miss."
            ).format(time=_said(situation.new_time, now))
        )
    if situation.stage == "spoken" and situation.spoke_at and situation.spoke_at > now:
        raise KitError(
            _("spoke at: {time} is still to come; say when you spoke, or leave it out.").format(
                time=_said(situation.spoke_at, now)
            )
        )
    facts = facts_at(situation, now, playbook)
    speaking = playbook.speaking(facts)
    hold = playbook.hold(facts)
    steps = [
        _step(rule, rule.timing, situation, now, _last_use(rule, situation, playbook, hold))
        for rule in speaking
        if rule.timing is not None
    ]
    named = dict.fromkeys(key for rule in speaking for key in rule.variants)
    return Plan(
        situation=situation,
        now=now,
        steps=tuple(sorted(steps, key=lambda step: step.due.to_instant())),
        hold_until=scheduled.add(minutes=hold.earliest) if hold else None,
        give_up_at=scheduled.add(minutes=hold.due) if hold else None,
        avoid=tuple(rule for rule in speaking if rule.avoid),
        variants=tuple(playbook.sources[key] for key in sorted(named)),
        picked=playbook.picked,
        time_check=time_check(situation, now),
    )


def _last_use(
    rule: Rule, situation: Situation, playbook: Playbook, hold: Timing | None
) -> ZonedDateTime | None:
    # A message that offers a window is of no use once the window has closed (K3): it goes out
    # while the minutes that its rule asks for are left.
    if hold is None or rule.template is None:
        return None
    if "available_until" not in playbook.kinds[rule.template].needs:
        return None
    asked = rule.when.minutes_left
    left = asked.from_ if asked is not None and asked.from_ is not None else 1
    return situation.scheduled.add(minutes=hold.due - left)


def _step(
    rule: Rule,
    timing: Timing,
    situation: Situation,
    now: ZonedDateTime,
    last_use: ZonedDateTime | None,
) -> Step:
    anchor = {
        "scheduled": situation.scheduled,
        "now": now,
        "new_time": situation.new_time or now,
        "spoken": situation.spoke_at or now,
    }[timing.from_]
    # What should have been done by now is due now: a plan cannot ask for the past.
    earliest, due, latest = (
        max(moment if last_use is None else min(moment, last_use), now)
        for moment in (
            anchor.add(minutes=minutes).to_tz(tz_of(situation.scheduled))
            for minutes in (timing.earliest, timing.due, timing.latest)
        )
    )
    return Step(
        id=rule.id,
        do=rule.do,
        say=rule.say,
        earliest=earliest,
        due=due,
        latest=latest,
        because=rule.because,
        source=rule.source,
        template=rule.template,
    )


def time_check(situation: Situation, now: ZonedDateTime, clock: Clock = "12") -> str:
    """Compare the appointment on both clocks (K2); empty where their zone is not known."""
    if situation.their_timezone is None:
        return ""
    tz = zone(situation.their_timezone, _("their timezone"))
    return zone_words(situation.scheduled, tz, now, written=situation.zone_is_written, clock=clock)


def _said(moment: ZonedDateTime, now: ZonedDateTime) -> str:
    return _("{time} {day}").format(time=clock_time(moment), day=day_words(moment, now))

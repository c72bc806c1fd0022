"""What holds for every plan: any situation, any zone, also on the days when clocks change."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, ZonedDateTime

from interview_coach.advice import Situation, advise, facts_at
from interview_coach.messages import fields_from_plan, fill
from interview_coach.playbook import Playbook, load_playbook, pick

PLAYBOOK = load_playbook()
PLAYBOOKS = [PLAYBOOK, *(pick(PLAYBOOK, (key,)) for key in PLAYBOOK.variants)]

# Moments (UTC) at which clocks change, from the IANA time zone database: an hour forward and back,
# half an hour (Lord Howe), a whole day left out (Samoa, 2011); and zones that never change.
CHANGES = [
    ("Europe/London", datetime(2026, 3, 29, 1)),
    ("Europe/London", datetime(2026, 10, 25, 1)),
    ("America/New_York", datetime(2026, 3, 8, 7)),
    ("America/New_York", datetime(2026, 11, 1, 6)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10)),
    ("Asia/Kolkata", datetime(2026, 3, 29, 1)),
    ("Asia/Kathmandu", datetime(2026, 10, 25, 1)),
    ("UTC", datetime(2026, 3, 29, 1)),
]


@st.composite
def starts(draw: st.DrawFn) -> ZonedDateTime:
    """Draw an appointment, often within two hours of a change of clocks."""
    tz, change = draw(st.sampled_from(CHANGES))
    near = draw(st.integers(-120, 120) | st.integers(-500_000, 500_000))
    moment = change.replace(tzinfo=UTC) + timedelta(minutes=near)
    return Instant.from_timestamp(int(moment.timestamp())).to_tz(tz)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    return Situation(
        caller=draw(st.sampled_from(["interviewer", "candidate"])),
        scheduled=draw(starts()),
        missed_by=draw(st.sampled_from(["interviewer", "candidate", "unknown"])),
        their_timezone=draw(st.sampled_from([None, *{tz for tz, _ in CHANGES}])),
        attempts=draw(st.integers(0, 6)),
        miss=draw(st.integers(1, 5)),
        channel=draw(st.sampled_from(["phone", "video", "in_person"])),
    )


past = st.integers(0, 120) | st.integers(0, 5000)
playbooks = st.sampled_from(PLAYBOOKS)


def utc(moment: ZonedDateTime | None) -> datetime:
    assert moment is not None
    return moment.to_stdlib().astimezone(UTC)


@given(situations(), past, playbooks)
def test_times_are_in_order_and_none_is_past(
    situation: Situation, minutes: int, playbook: Playbook
) -> None:
    now = situation.scheduled.add(minutes=minutes)
    plan = advise(situation, now, playbook)
    assert plan.steps
    for step in plan.steps:
        assert now <= step.earliest <= step.due <= step.latest
    assert [step.due for step in plan.steps] == sorted(step.due for step in plan.steps)
    assert len({step.id for step in plan.steps}) == len(plan.steps)


@given(situations(), past)
def test_elapsed_minutes_are_those_of_a_stopwatch(situation: Situation, minutes: int) -> None:
    now = situation.scheduled.add(minutes=minutes)
    assert utc(now) - utc(situation.scheduled) == timedelta(minutes=minutes)
    assert facts_at(situation, now, PLAYBOOK).minutes_past == minutes


@given(situations(), past, playbooks)
def test_the_hold_lasts_as_long_on_a_day_when_clocks_change(
    situation: Situation, minutes: int, playbook: Playbook
) -> None:
    plan = advise(situation, situation.scheduled.add(minutes=minutes), playbook)
    if situation.missed_by == "candidate":
        assert (plan.hold_until, plan.give_up_at) == (None, None)
        return
    held = [utc(end) - utc(situation.scheduled) for end in (plan.hold_until, plan.give_up_at)]
    if "F7" in playbook.picked and situation.channel == "video":
        expected = (10, 15)
    else:
        expected = (15, 30) if "F4" in playbook.picked else (15, 60)
    assert held == [timedelta(minutes=minutes) for minutes in expected]


@given(situations(), past)
def test_asking_again_gives_the_same_plan_whatever_zone_now_is_in(
    situation: Situation, minutes: int
) -> None:
    now = situation.scheduled.add(minutes=minutes)
    plan = advise(situation, now, PLAYBOOK)
    assert advise(situation, now, PLAYBOOK) == plan
    assert advise(situation, now.to_tz("Asia/Tokyo"), PLAYBOOK).as_dict() == plan.as_dict()


@given(situations(), past, playbooks)
def test_json_times_carry_the_offset_of_the_candidates_zone(
    situation: Situation, minutes: int, playbook: Playbook
) -> None:
    found = advise(situation, situation.scheduled.add(minutes=minutes), playbook).as_dict()
    moments = [step[name] for step in found["steps"] for name in ("earliest", "due", "latest")]
    for text in [*moments, found["hold_until"], found["give_up_at"]]:
        if text is not None:
            moment = datetime.fromisoformat(text)
            assert moment.utcoffset() is not None
            zoned = Instant.from_timestamp(int(moment.timestamp())).to_tz(
                situation.scheduled.tz_id or ""
            )
            assert moment.utcoffset() == zoned.to_stdlib().utcoffset()


@given(situations(), past)
def test_what_can_be_checked_is_checked_before_anybody_is_called(
    situation: Situation, minutes: int
) -> None:
    """K1 and K2."""
    plan = advise(situation, situation.scheduled.add(minutes=minutes), PLAYBOOK)
    dos = [step.do for step in plan.steps]
    checks = [i for i, do in enumerate(dos) if do.startswith("check_") or do == "gather"]
    reaching = [i for i, do in enumerate(dos) if do in {"call", "leave_voicemail", "send_email"}]
    assert checks
    if reaching:
        assert max(checks) < min(reaching)


@given(situations(), past)
def test_the_first_step_is_a_breath(situation: Situation, minutes: int) -> None:
    """A3 and E1."""
    plan = advise(situation, situation.scheduled.add(minutes=minutes), PLAYBOOK)
    assert plan.steps[0].do == "stay_calm"
    assert plan.steps[0].due == plan.now


GIVEN: dict[str, Any] = {
    "sender": "Amara Nwosu",
    "phone": "020 7946 0100",
    "times": ("Tuesday after 2 pm", "Wednesday morning"),
}


@given(situations(), past, playbooks)
def test_every_message_of_a_plan_fills_at_its_due_time_and_keeps_the_window(
    situation: Situation, minutes: int, playbook: Playbook
) -> None:
    """K3: the window in the message is the wait that the plan holds."""
    plan = advise(situation, situation.scheduled.add(minutes=minutes), playbook)
    for step in plan.steps:
        if step.template is None:
            continue
        asked = advise(situation, step.due, playbook)
        fields = fields_from_plan(asked, GIVEN)
        text = fill(step.template, fields, playbook, now=step.due, plan=asked).text
        if "available_until" in playbook.kinds[step.template].needs and plan.give_up_at:
            assert step.due < plan.give_up_at
            assert fields["available_until"] == plan.give_up_at
            end = plan.give_up_at
            assert f"until {(end.hour - 1) % 12 + 1}:{end.minute:02}" in text

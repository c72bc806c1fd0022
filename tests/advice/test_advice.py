"""What the plan says in named situations; each example names the guidance that it comes from."""

from datetime import datetime
from typing import Any

import pytest

from interview_coach.advice import Plan, Situation, advise
from interview_coach.errors import KitError
from interview_coach.playbook import load_playbook
from interview_coach.times import read_time

PLAYBOOK = load_playbook()
LONDON = "Europe/London"
START = read_time("2026-03-05T14:00", LONDON, "start")


def plan_at(minutes: int, *variants: str, **facts: Any) -> Plan:
    situation = Situation(**{"caller": "interviewer", "scheduled": START, **facts})
    return advise(situation, START.add(minutes=minutes), load_playbook(variants=variants))


def ids(plan: Plan) -> list[str]:
    return [step.id for step in plan.steps]


def clock(plan: Plan, rule: str) -> tuple[str, str, str]:
    step = next(step for step in plan.steps if step.id == rule)
    return tuple(  # type: ignore[return-value]
        f"{moment.hour}:{moment.minute:02}" for moment in (step.earliest, step.due, step.latest)
    )


THEY = {"missed_by": "interviewer"}
YOU = {"missed_by": "candidate"}


@pytest.mark.parametrize(
    ("minutes", "facts", "order", "origin"),
    [
        (
            7,
            THEY,
            ["stay-calm", "check-invitation", "hold-the-line", "call-the-number-given"],
            "A3, K2, K1: calm, check what can be checked, wait a few minutes, then call",
        ),
        (
            1,
            {**THEY, "caller": "candidate"},
            ["check-number", "check-invitation", "dial", "voicemail-no-answer", "email-no-answer"],
            "B1, B3, B4, K1: you were to call, so the number comes at once",
        ),
        (
            7,
            {**THEY, "caller": "candidate", "attempts": 1},
            ["dial", "apologise-for-the-delay", "voicemail-no-answer"],
            "B2: late because of a wrong number, apologise for the delay",
        ),
        (
            16,
            THEY,
            [
                "call-the-number-given",
                "voicemail-after-silence",
                "email-after-silence",
                "stop-waiting",
            ],
            "B3, B4, C2, C3: call, voicemail, email, then the end of the wait",
        ),
        (
            7,
            {**YOU},
            ["breathe-first", "gather-what-you-need", "call-back", "apologise-briefly"],
            "E1, E2, E3: a breath, gather, call back right away, apologise",
        ),
        (
            7,
            {**YOU},
            ["ask-if-now-is-good", "voicemail-after-your-miss", "write-the-apology"],
            "E4: ask whether now is good; else leave word",
        ),
        (
            7,
            {"missed_by": "unknown"},
            ["check-invitation", "find-out-who-missed", "call-the-number-given"],
            "A2, K2: not known whose side it failed on, so look first",
        ),
        (
            20,
            {**THEY, "miss": 2, "caller": "candidate"},
            ["voicemail-no-answer", "swap-who-calls", "log-the-pattern"],
            "D5, K4: the second miss, change the direction and log it",
        ),
        (
            20,
            {**THEY, "miss": 3},
            ["ask-your-coach", "stop-waiting", "log-the-pattern"],
            "K4: the third miss is the coach's decision",
        ),
        (70, THEY, ["stop-waiting", "offer-new-times"], "C3, D3: the wait is over, offer times"),
        (
            7,
            {**THEY, "channel": "video"},
            ["check-invitation", "check-the-link", "stay-where-they-expect-you"],
            "K5: a video call, our extension",
        ),
        (
            7,
            {**THEY, "channel": "in_person", "caller": "candidate"},
            ["check-the-place", "call-from-there", "email-no-answer"],
            "K5: a visit, our extension",
        ),
        (5, {**YOU, "channel": "video"}, ["open-the-link-again", "call-back"], "K5, E2"),
    ],
)
def test_steps_come_in_this_order(
    minutes: int, facts: dict[str, Any], order: list[str], origin: str
) -> None:
    found = ids(plan_at(minutes, **facts))
    assert [step for step in found if step in order] == order, origin


@pytest.mark.parametrize(
    ("minutes", "facts", "silent", "origin"),
    [
        (7, THEY, {"call-back", "apologise-briefly", "dial", "check-number"}, "they were to call"),
        (7, YOU, {"stay-calm", "hold-the-line", "stop-waiting", "check-number"}, "E: act at once"),
        (
            20,
            {**THEY, "miss": 2},
            {"email-after-silence", "offer-new-times", "ask-your-coach"},
            "D5",
        ),
        (
            20,
            {**THEY, "miss": 3},
            {
                "swap-who-calls",
                "call-the-number-given",
                "voicemail-after-silence",
                "offer-new-times",
            },
            "K4: the kit proposes no message after the third",
        ),
        (20, {**THEY, "attempts": 3}, {"call-the-number-given"}, "a fourth call presses"),
        (58, THEY, {"voicemail-after-silence", "email-after-silence"}, "K3: no window is left"),
        (
            7,
            {**THEY, "channel": "video", "caller": "candidate"},
            {"check-number", "dial", "hold-the-line"},
            "no number is dialled for a video call",
        ),
        (1500, THEY, {"stop-waiting", "write-again-next-day"}, "nobody waits on the next day"),
    ],
)
def test_these_rules_are_silent(
    minutes: int, facts: dict[str, Any], silent: set[str], origin: str
) -> None:
    assert not silent & set(ids(plan_at(minutes, **facts))), origin


@pytest.mark.parametrize(
    ("minutes", "facts", "rule", "times", "origin"),
    [
        (0, THEY, "call-the-number-given", ("14:05", "14:15", "14:30"), "K1, C2"),
        (7, THEY, "call-the-number-given", ("14:07", "14:15", "14:30"), "never before now"),
        (0, THEY, "stop-waiting", ("14:15", "15:00", "15:15"), "C2, C3"),
        (40, THEY, "stop-waiting", ("14:40", "15:00", "15:15"), "C3"),
        (90, THEY, "stop-waiting", ("15:30", "15:30", "15:30"), "what is overdue is due now"),
        (7, YOU, "call-back", ("14:07", "14:09", "14:17"), "E2: right away"),
        (7, YOU, "write-the-apology", ("14:07", "14:17", "15:07"), "E4, within the hour"),
    ],
)
def test_times_of_steps(
    minutes: int, facts: dict[str, Any], rule: str, times: tuple[str, str, str], origin: str
) -> None:
    assert clock(plan_at(minutes, **facts), rule) == times, origin


@pytest.mark.parametrize("caller", ["interviewer", "candidate"])
@pytest.mark.parametrize("channel", ["phone", "video", "in_person"])
@pytest.mark.parametrize("missed_by", ["interviewer", "unknown"])
def test_when_they_miss_hold_from_a_quarter_to_a_whole_hour(
    caller: str, channel: str, missed_by: str
) -> None:
    """C2 and C3: at least 15 minutes, not much longer than an hour."""
    for miss in (1, 2, 3):
        plan = plan_at(7, caller=caller, channel=channel, missed_by=missed_by, miss=miss)
        assert plan.hold_until == START.add(minutes=15)
        assert plan.give_up_at == START.add(minutes=60)


@pytest.mark.parametrize("caller", ["interviewer", "candidate"])
@pytest.mark.parametrize("channel", ["phone", "video", "in_person"])
@pytest.mark.parametrize("minutes", [0, 25, 300, 3000])
def test_when_you_miss_nobody_holds_and_the_call_comes_at_once(
    caller: str, channel: str, minutes: int
) -> None:
    """E2: a moment to calm down, then call back right away."""
    plan = plan_at(minutes, caller=caller, channel=channel, **YOU)
    assert (plan.hold_until, plan.give_up_at) == (None, None)
    call = next(step for step in plan.steps if step.do == "call")
    assert call.earliest == plan.now
    assert call.due <= plan.now.add(minutes=5)
    assert not {"wait", "stop_waiting"} & {step.do for step in plan.steps}


@pytest.mark.parametrize(
    ("picked", "facts", "hold", "origin"),
    [
        ("F4", THEY, (15, 30), "no more than half an hour"),
        ("F7", {**THEY, "channel": "video"}, (10, 15), "leave at 10 to 15 minutes"),
        ("F7", THEY, (15, 60), "F7 is about video calls only"),
        ("F1", THEY, (15, 60), "F1 is about when to reach out"),
    ],
)
def test_a_picked_variant_changes_how_long_to_hold(
    picked: str, facts: dict[str, Any], hold: tuple[int, int], origin: str
) -> None:
    plan = plan_at(3, picked, **facts)
    assert plan.hold_until == START.add(minutes=hold[0]), origin
    assert plan.give_up_at == START.add(minutes=hold[1]), origin


@pytest.mark.parametrize(
    ("picked", "facts", "rule", "times"),
    [
        ("F1", THEY, "call-the-number-given", ("14:15", "14:15", "14:20")),
        ("F2", THEY, "call-the-number-given", ("14:15", "14:15", "14:30")),
        ("F3", THEY, "call-the-number-given", ("14:15", "14:20", "14:30")),
        ("F3", THEY, "read-mail-meanwhile", ("14:03", "14:03", "14:30")),
        ("F5", THEY, "check-ringer", ("14:03", "14:03", "14:05")),
        ("F6", THEY, "check-the-number-you-gave", ("14:03", "14:03", "14:10")),
        (
            "F7",
            {**THEY, "channel": "video"},
            "polite-message-in-the-meeting",
            ("14:05", "14:07", "14:10"),
        ),
        ("F7", {**THEY, "channel": "video"}, "leave-the-meeting", ("14:10", "14:15", "14:15")),
        ("F9", YOU, "call-back", ("14:03", "14:03", "14:08")),
        ("F9", YOU, "write-the-apology", ("14:03", "14:33", "15:03")),
    ],
)
def test_a_picked_variant_says_what_its_adviser_says(
    picked: str, facts: dict[str, Any], rule: str, times: tuple[str, str, str]
) -> None:
    plan = plan_at(3, picked, **facts)
    assert clock(plan, rule) == times
    assert picked in next(step.source for step in plan.steps if step.id == rule)


def test_f2_leaves_the_email_for_the_next_day() -> None:
    found = ids(plan_at(16, "F2", **THEY))
    assert "email-after-silence" not in found
    assert "write-again-next-day" in found


def test_f8_owns_it_plainly_and_offers_times() -> None:
    step = next(s for s in plan_at(3, "F8", **YOU).steps if s.id == "apologise-briefly")
    assert step.say == "Apologise plainly, and offer specific times"


@pytest.mark.parametrize(
    ("minutes", "facts", "shown"),
    [
        (7, THEY, ["F1", "F2", "F3", "F4", "F5", "F6"]),
        (7, YOU, ["F8", "F9"]),
        (7, {**YOU, "channel": "video"}, ["F8", "F9"]),
        (7, {**THEY, "channel": "video"}, ["F1", "F2", "F3", "F4", "F5", "F6", "F7"]),
        (3, {**THEY, "caller": "candidate"}, ["F2", "F4", "F5"]),
        (90, {**THEY, "attempts": 3}, ["F4", "F5"]),
    ],
)
def test_who_says_otherwise_is_shown_where_it_bears_on_the_plan(
    minutes: int, facts: dict[str, Any], shown: list[str]
) -> None:
    plan = plan_at(minutes, **facts)
    assert [source.id for source in plan.variants] == shown
    assert all(source.says and source.where for source in plan.variants)


@pytest.mark.parametrize(
    ("minutes", "facts", "avoid"),
    [
        (3, THEY, ["no-venting", "no-blame", "no-giving-up-at-once"]),
        (20, {**THEY, "attempts": 3}, ["no-venting", "no-blame", "no-ringing-again-and-again"]),
        (90, THEY, ["no-venting", "no-blame", "no-waiting-all-day"]),
        (
            5,
            YOU,
            ["no-venting", "no-blame", "no-grovelling", "no-long-story", "no-letting-it-rest"],
        ),
    ],
)
def test_what_not_to_do(minutes: int, facts: dict[str, Any], avoid: list[str]) -> None:
    found = [rule.id for rule in plan_at(minutes, **facts).avoid]
    timed = {
        "no-giving-up-at-once",
        "no-waiting-all-day",
        "no-ringing-again-and-again",
        "no-grovelling",
    }
    assert [rule for rule in found if rule in timed or rule in avoid] == avoid


class TestAfterwards:
    """A new time has been agreed, or the talk has taken place (D4, D6, E6, E7)."""

    def test_confirm_one_to_two_hours_ahead(self) -> None:
        plan = plan_at(120, **THEY, stage="rebooked", new_time=START.add(hours=24))
        assert ids(plan) == ["keep-room-around-it", "confirm-ahead"]
        assert clock(plan, "confirm-ahead") == ("12:00", "12:30", "13:00")
        assert (plan.hold_until, plan.give_up_at) == (None, None)

    def test_after_your_own_miss_remove_what_caused_it(self) -> None:
        plan = plan_at(120, **YOU, stage="rebooked", new_time=START.add(hours=24))
        assert ids(plan) == ["keep-room-around-it", "clear-the-way", "confirm-ahead"]

    def test_a_new_time_may_be_agreed_before_the_old_one(self) -> None:
        plan = plan_at(-60, stage="rebooked", new_time=START.add(hours=24))
        assert "confirm-ahead" in ids(plan)

    def test_thanks_follow_the_talk(self) -> None:
        plan = plan_at(120, **THEY, stage="spoken", spoke_at=START.add(minutes=100))
        assert ids(plan) == ["thank-them"]
        assert plan.steps[0].template == "email_thanks"

    def test_a_new_time_that_has_come_is_refused(self) -> None:
        with pytest.raises(KitError) as refused:
            plan_at(120, stage="rebooked", new_time=START.add(minutes=30))
        assert str(refused.value) == (
            "new time: 2:30 pm today has come already; if that call did not connect either, give "
            "it as the scheduled time and count one more miss."
        )

    def test_a_talk_still_to_come_is_refused(self) -> None:
        with pytest.raises(KitError) as refused:
            plan_at(20, stage="spoken", spoke_at=START.add(minutes=30))
        assert str(refused.value) == (
            "spoke at: 2:30 pm today is still to come; say when you spoke, or leave it out."
        )


def test_the_plan_as_plain_values() -> None:
    """The shape that machines read: the names are promised."""
    found = plan_at(7, **THEY).as_dict()
    assert found["hold_until"] == "2026-03-05T14:15:00+00:00"
    assert found["give_up_at"] == "2026-03-05T15:00:00+00:00"
    assert found["steps"][0] == {
        "id": "stay-calm",
        "do": "stay_calm",
        "say": "Take a breath",
        "earliest": "2026-03-05T14:07:00+00:00",
        "due": "2026-03-05T14:07:00+00:00",
        "latest": "2026-03-05T14:12:00+00:00",
        "because": PLAYBOOK.rules["stay-calm"].because,
        "source": ["A1", "A3"],
        "template": None,
    }
    assert [set(variant) for variant in found["variants"]] == [
        {"id", "says", "where", "picked"}
    ] * len(found["variants"])
    for step in found["steps"]:
        assert all(
            datetime.fromisoformat(step[name]).tzinfo for name in ("earliest", "due", "latest")
        )


def test_a_picked_variant_is_still_shown_and_marked() -> None:
    shown = plan_at(7, "f4", **THEY).as_dict()["variants"]
    assert [variant["id"] for variant in shown if variant["picked"]] == ["F4"]

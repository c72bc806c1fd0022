"""Policies are data, and the rules are their source."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from interview_coach.comparing import (
    VERBS,
    Assumptions,
    Plan,
    Policy,
    Step,
    checked,
    load_policies,
    plan_of,
)
from interview_coach.playbook import Playbook, PlaybookError, load_playbook, pick
from interview_coach.simulation import Scenario, load_scenarios

SILENT = {"call": "call-the-number-given", "send_email": "email-after-silence"}


def test_the_guidance_does_what_its_rules_say_when_they_say_it(
    plans: Mapping[str, Plan], playbook: Playbook
) -> None:
    acts = {do: minute for minute, do in plans["guidance"].acts}
    for do, rule in (*SILENT.items(), ("stop_waiting", "stop-waiting")):
        timing = playbook.rules[rule].timing
        assert timing is not None and acts[do] == timing.due
    assert acts["leave_voicemail"] == acts["call"] + playbook.actions["call"].minutes
    assert (plans["guidance"].confirms, plans["guidance"].swaps) == (True, True)
    assert plans["guidance"].next_day == 1


@pytest.mark.parametrize(
    ("key", "acts"),
    [
        ("F1", {"call": 15, "send_email": 20, "stop_waiting": 60}),
        ("F2", {"call": 15, "stop_waiting": 60}),
        ("F3", {"call": 20, "send_email": 22, "stop_waiting": 60}),
        ("F4", {"call": 15, "send_email": 17, "stop_waiting": 30}),
        ("early", {"call": 5, "send_email": 10, "stop_waiting": 60}),
        ("late", {"call": 30, "send_email": 32, "stop_waiting": 60}),
        ("email-only", {"send_email": 17, "stop_waiting": 60}),
        ("wait-only", {"stop_waiting": 60}),
    ],
)
def test_each_adviser_is_a_policy_of_its_own(
    key: str, acts: Mapping[str, int], plans: Mapping[str, Plan]
) -> None:
    found = {do: minute for minute, do in plans[key].acts if do != "leave_voicemail"}
    assert found == acts


def test_each_variant_about_the_wait_has_a_policy(
    policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    silent_rules = {*SILENT.values(), "stop-waiting", "voicemail-after-silence"}
    about = {
        key
        for key, variant in playbook.variants.items()
        if any(c.rule in silent_rules and c.when is None for c in variant.change)
    }
    assert about == {"F1", "F2", "F3", "F4"} <= set(policies)
    for policy in policies.values():
        assert set(policy.source) <= set(playbook.sources)


def test_what_a_variant_does_is_what_the_rules_do_with_it_picked(
    policies: Mapping[str, Policy], playbook: Playbook, silent: Assumptions
) -> None:
    for key in ("F1", "F2", "F3", "F4"):
        picked = load_policies(pick(playbook, (key,)), silent.base)
        assert picked["guidance"].steps == policies[key].steps


def test_a_house_rule_changes_the_policies(tmp_path: Path) -> None:
    house = tmp_path / "coach.toml"
    house.write_text(
        '[[playbook.change]]\nrule = "call-the-number-given"\ntiming = { due = 8 }\n'
        '[[playbook.change]]\nrule = "stop-waiting"\ntiming = { due = 40, latest = 45 }\n'
        '[[playbook.change]]\nrule = "confirm-ahead"\noff = true\n'
    )
    playbook = load_playbook(house)
    scenario = load_scenarios(playbook)["silent_phone"]
    policies = load_policies(playbook, scenario)
    plan = plan_of(policies["guidance"], playbook, scenario)
    assert (plan.calls, plan.hold, plan.confirms) == ((8,), 40, False)
    # What an added step can no longer do in a shorter wait is left out, not a fault.
    assert plan_of(policies["call-thrice"], playbook, scenario).calls == (8, 30)


def test_a_wait_too_short_for_a_step_leaves_it_out(tmp_path: Path) -> None:
    house = tmp_path / "coach.toml"
    house.write_text('[[playbook.change]]\nrule = "stop-waiting"\ntiming = { due = 17 }\n')
    playbook = load_playbook(house)
    scenario = load_scenarios(playbook)["silent_phone"]
    plan = plan_of(load_policies(playbook, scenario)["guidance"], playbook, scenario)
    assert plan.acts == ((15, "call"), (17, "stop_waiting"))


def test_the_call_that_a_candidate_places_has_its_own_times(
    playbook: Playbook, scenarios: Mapping[str, Scenario]
) -> None:
    scenario = scenarios["no_answer"]
    plan = plan_of(load_policies(playbook, scenario)["guidance"], playbook, scenario)
    expected = ((1, "call"), (2, "leave_voicemail"), (5, "send_email"), (60, "stop_waiting"))
    assert plan.acts == expected


def test_a_coach_s_own_policies_come_from_a_file(
    tmp_path: Path, playbook: Playbook, silent: Assumptions
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[policy]]\nid = "mine"\nsays = "My own way"\nsteps = [\n'
        '  { do = "call", at = 10 }, { do = "leave_voicemail" }, { do = "call", at = 25 },\n'
        '  { do = "stop_waiting", at = 45 }, { do = "propose_times", at = 2880 },\n]\n'
    )
    mine = load_policies(playbook, silent.base, file)["mine"]
    plan = plan_of(mine, playbook, silent.base)
    assert plan.acts == ((10, "call"), (11, "leave_voicemail"), (25, "call"), (45, "stop_waiting"))
    assert (plan.next_day, plan.confirms, plan.swaps) == (2, False, False)
    assert [step.condition for step in mine.steps][:2] == [VERBS["call"], VERBS["leave_voicemail"]]


def test_what_a_check_shows_leads_to_other_steps(
    plans: Mapping[str, Plan], silent: Assumptions
) -> None:
    sixth = plans["F6"]
    assert sixth.acts[:2] == ((3, "check_number"), (15, "call"))
    noticed = sixth.under("wrong_number")
    assert noticed.acts[:3] == ((3, "check_number"), (4, "send_email"), (15, "call"))
    assert [do for _, do in noticed.acts].count("send_email") == 1
    assert sixth.under("overran").acts == sixth.acts
    assert (plans["F5"].hold, plans["F5"].under("time_mix_up").hold) == (60, 65)
    # What never differs has no branches, and so the exact answer needs no second look.
    assert not plans["guidance"].branches
    assert {cause.code for cause in silent.base.cause} == set(sixth.shows)


def steps(*given: tuple[str, int | None] | tuple[str, int | None, str]) -> Policy:
    made = tuple(
        Step(do=one[0], at=one[1], noticed=one[2] if len(one) > 2 else None) for one in given
    )
    return Policy("mine", "My own way", ("house",), made)


STOP = ("stop_waiting", 60)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            [("call", 10)],
            "stop_waiting: the policy never ends; add { do = 'stop_waiting', at = 60 }",
        ),
        (
            [("stop_waiting", 3)],
            "it stops at minute 3, outside the story; use a minute from 4 to 90",
        ),
        ([("stop_waiting", 91)], "it stops at minute 91, outside the story"),
        (
            [("call", 70), STOP],
            "call: it is done at minute 70, when the wait ends at 60; do it sooner",
        ),
        (
            [("send_email", 58), STOP],
            "send_email: it is done at minute 58, when the wait ends at 60",
        ),
        ([("call", None), STOP], "call: its minute is missing; add at = minutes past the start"),
        ([("call", -4), STOP], "call: -4 is before the agreed start; use 0 or more"),
        (
            [("call", 20), ("call", 21), STOP],
            "there is a call at minute 20 already; keep 2 minutes",
        ),
        ([("leave_voicemail", None), STOP], "leave_voicemail: no call has just rung out"),
        ([("call", 9), ("leave_voicemail", 20), STOP], "leave_voicemail: its call was over before"),
        (
            [("send_email", 9), ("send_email", 30), STOP],
            "send_email: it is there 2 times; keep one",
        ),
        ([STOP, STOP], "stop_waiting: it is there 2 times; keep one of them"),
        ([("call", 4 * n) for n in range(1, 14)] + [STOP], "call: it is there 13 times; keep 12"),
        ([("propose_times", 30), STOP], "new times are offered at minute 30, before the wait ends"),
        (
            [("send_email", 9, "check_number"), STOP],
            "send_email: it asks what 'check_number' showed, which is never done; add that check: ",
        ),
        (
            [("call", 9), ("send_email", 11, "call"), STOP],
            "send_email: 'call' shows nothing; ask for one of check_time, check_number, check_link.",
        ),
        (
            [("check_number", 20), ("send_email", None, "check_number"), STOP],
            "check_number: it is not open at minute 20 of this call; do it sooner.",
        ),
        (
            [("send_email", 4), ("check_number", 9), ("send_email", 12, "check_number"), STOP],
            "check_number: what depends on it would change what was done before; check sooner",
        ),
        (
            [("check_time", 9), ("stop_waiting", 8, "check_time"), STOP],
            "check_time: it is done at minute 9, when the wait ends at 8; do it sooner",
        ),
        ([("shout", 10), STOP], "'shout' is nothing that a policy does; use one of call,"),
    ],
)
def test_a_policy_that_cannot_be_followed_says_why(
    given: list[tuple[str, int | None]], says: str, playbook: Playbook, silent: Assumptions
) -> None:
    with pytest.raises(PlaybookError) as caught:
        checked(steps(*given), playbook, silent.base)
    assert says in str(caught.value)
    assert "policy, mine" in str(caught.value)


def test_all_faults_of_a_file_come_at_once(
    tmp_path: Path, playbook: Playbook, silent: Assumptions
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[policy]]\nid = "a"\nsays = "Never ends"\nsteps = [{ do = "call", at = 9 }]\n'
        '[[policy]]\nid = "b"\nsays = "Unknown"\nwithout = ["cal"]\n'
        '[[policy]]\nid = "c"\nsay = "A slip"\n'
        '[[policy]]\nid = "d"\nsays = "No such adviser"\nvariants = ["F77"]\n'
        "[other]\n"
    )
    with pytest.raises(PlaybookError) as caught:
        load_policies(playbook, silent.base, file)
    text = str(caught.value)
    assert "mine.toml, a, stop_waiting: the policy never ends" in text
    assert "mine.toml, b, without: 'cal' is not known here; did you mean 'call'." in text
    assert "mine.toml, c, say: there is no such field; did you mean 'says'" in text
    assert "there is no variant 'F77'" in text
    assert "mine.toml, other: there is no such table; use [[policy]]." in text


def test_a_file_without_a_policy_says_so(
    tmp_path: Path, playbook: Playbook, silent: Assumptions
) -> None:
    (tmp_path / "none.toml").write_text("")
    with pytest.raises(PlaybookError, match=r"none.toml, policy: there is none; add one"):
        load_policies(playbook, silent.base, tmp_path / "none.toml")

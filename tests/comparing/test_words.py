"""The sentences agree with the figures beside them, and claim nothing but what follows."""

from collections.abc import Mapping

import numpy as np
import pytest

from interview_coach.comparing import (
    NO_FORECAST,
    SCENARIOS,
    Assumptions,
    Plan,
    Policy,
    assume,
    cause_words,
    compare,
    headline,
    load_policies,
    named,
    sentences,
    tornado,
    under_cause,
)
from interview_coach.comparing.from_log import Delay, Learnt, Share
from interview_coach.comparing.words import apart, learnt_lines, line, switches
from interview_coach.errors import KitError
from interview_coach.playbook import Playbook
from interview_coach.simulation import Scenario
from interview_coach.wording import percent


def test_what_is_said_is_what_was_found(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    found = compare(silent, policies, playbook)
    said = sentences(found, playbook)
    best = max(one.completed.value for one in found.answers.values())
    text = next(one for one in said if one.startswith("Most interviews"))
    ahead, _, behind = text.partition("; fewest with ")
    assert ahead.endswith(f": {percent(best)}")
    for key, one in found.answers.items():
        # Whoever reads the same percentage is named beside the best, and nobody else.
        names = ahead.partition(" with ")[2].partition(":")[0].replace(" and ", ", ").split(", ")
        assert (key in names) == (percent(one.completed.value) == percent(best))
    assert behind.startswith("wait-only: ")


def test_it_says_that_it_is_no_forecast_and_on_what_it_rests(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    for chosen in (policies, {"F4": policies["F4"]}):
        said = sentences(compare(silent, chosen, playbook), playbook)
        assert "under assumptions; none of the figures is from your data" in said[0]
        assert said[-1] == NO_FORECAST


def test_it_says_for_whom_it_does_not_matter(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    pair = {key: policies[key] for key in ("guidance", "F4")}
    text = sentences(compare(silent, pair, playbook), playbook)[-2]
    assert text.startswith("As assumed, it does not matter for the talk that day")
    assert "an emergency (0% speak that day)" in text and "forgot" not in text
    same = {key: policies[key] for key in ("guidance", "unconfirmed")}
    said = sentences(compare(silent, same, playbook), playbook)
    assert "Most speak before the wait ends under none of these: all give 86%." in said
    assert "The wait is the same with all: 30 minutes on average." in said
    certain = silent.having({"emergency.weight": 0, "wrong_number.weight": 0})
    text = sentences(compare(certain, pair, playbook), playbook)[-2]
    assert text == "As assumed, it matters under every cause which of these is followed."


def test_a_switch_is_said_with_its_value_and_its_own(
    silent: Assumptions,
    policies: Mapping[str, Policy],
    plans: Mapping[str, Plan],
    playbook: Playbook,
) -> None:
    found = compare(silent, policies, playbook)
    swings = tornado(silent, plans["unconfirmed"], plans["call-thrice"])
    said = switches(swings, found, "unconfirmed", "call-thrice")
    turning = [swing for swing in swings if swing.switch is not None]
    assert len(said) == len(turning)
    for text, swing in zip(said, turning, strict=True):
        assert f"{swing.switch:.3g} instead of {swing.value:.3g}" in text
    none = switches(
        tornado(silent, plans["guidance"], plans["wait-only"]), found, "guidance", "wait-only"
    )
    assert none == [
        "No single assumption, within its range, lets guidance and wait-only change places."
    ]


def test_a_simulated_figure_is_shown_with_its_interval(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    pair = {key: policies[key] for key in ("guidance", "F4")}
    found = compare(silent, pair, playbook, method="monte-carlo", runs=2_000)
    text = line(found, "F4")
    assert "speak 6" in text and " to " in text
    assert line(compare(silent, pair, playbook), "F4").startswith("F4: speak 63%, completed 92%, ")


def test_a_difference_is_that_of_the_same_runs(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    three = {key: policies[key] for key in ("guidance", "F1", "F4")}
    found = compare(silent, three, playbook, method="monte-carlo", runs=50_000)
    assert found.batch is not None
    same, less = apart(found)
    assert same == "F1 beside guidance, in the same runs: completed as often, speak as often"
    value = found.batch.differences["F4"]["connected"].value
    assert less.startswith("F4 beside guidance, in the same runs: completed -")
    assert f"speak {100 * value:+.2f} points (" in less
    assert apart(compare(silent, three, playbook)) == []


def test_what_a_log_says_stands_with_its_n_and_what_was_assumed(silent: Assumptions) -> None:
    mix = (Share("overran", 0.2857, 12, 40, 0.297, 0.18, 0.43),)
    learnt = Learnt(
        silent, 40, 0, mix, (Delay("overran", 21.5, 31, 27.9, 21, 37),), np.ones((1, 1))
    )
    assert learnt_lines(learnt) == [
        "overran: 12 of 40 cases; 29% assumed, both together 30% (18% to 43%)",
        "overran: late by 22 minutes on average as assumed, with the log's 31 cases 28 (21 to 37)",
    ]


def test_nothing_to_compare_says_so(silent: Assumptions, playbook: Playbook) -> None:
    with pytest.raises(KitError, match=r"^There is no policy to compare; name one at least.$"):
        compare(silent, {}, playbook)


def test_a_miss_of_one_s_own_is_spoken_of_in_its_own_words(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    own = assume(scenarios["phone_on_silent"])
    found = compare(own, load_policies(playbook, own.base), playbook)
    said = sentences(found, playbook)
    assert said[2].startswith("Most interviews are held that same day with guidance, F8, F9")
    assert said[3].startswith("The shortest time until you are in touch or stop is with F9: ")
    assert said[4] == "As assumed, it matters wherever they are which of these is followed."
    assert line(found, "F8").startswith(
        "F8: held that day 38%, completed 88%, in touch or stopped "
    )
    pair = {key: found.policies[key] for key in ("guidance", "F8")}
    text = sentences(compare(own, pair, playbook), playbook)[4]
    assert text.startswith(
        "As assumed, it does not matter for being in touch that day which of these is followed where "
        "they are: at his desk, with your papers (100% are in touch that day); "
    )
    drawn = compare(own, pair, playbook, method="monte-carlo", runs=20_000)
    assert apart(drawn)[0].endswith(", held that day as often")


def test_causes_go_by_the_reason_or_by_where_they_are(
    scenarios: Mapping[str, Scenario], silent: Assumptions, playbook: Playbook
) -> None:
    assert cause_words(silent, playbook)["overran"] == "an earlier meeting ran over"
    assert under_cause(silent, "forgotten") == "When the reason is: forgotten"
    for name in SCENARIOS:
        assumptions = assume(scenarios[name])
        words = cause_words(assumptions, playbook)
        assert list(words) == list(assumptions.causes.numbers)
        assert not any("{" in one or "_" in one for one in words.values())
    own = assume(scenarios["overslept"])
    assert under_cause(own, "at her desk") == "When they are: at her desk"
    says = "chance that they pick up a call when they can"
    assert named("kept_free.answers", own, playbook) == f"at her desk: {says}"
    assert named("later.brief", own, playbook) == own.about["later.brief"].says


def test_a_switch_names_its_assumption_as_it_is_asked_to(
    silent: Assumptions,
    policies: Mapping[str, Policy],
    plans: Mapping[str, Plan],
    playbook: Playbook,
) -> None:
    found = compare(silent, policies, playbook)
    swings = tornado(silent, plans["unconfirmed"], plans["call-thrice"])
    pair = ("unconfirmed", "call-thrice")
    usual = switches(swings, found, *pair)
    own = switches(swings, found, *pair, label=lambda name: name.upper())
    first = next(swing.name for swing in swings if swing.switch is not None)
    assert f" if {first} ({silent.about[first].says}) is " in usual[0]
    assert own[0] == usual[0].replace(f"{first} ({silent.about[first].says})", first.upper())


def test_the_headline_is_the_finding(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    def said(*keys: str) -> str:
        return headline(compare(silent, {key: policies[key] for key in keys}, playbook))

    assert said("guidance") == "With guidance, 97% of interviews take place within 7 days"
    assert said("guidance", "F1") == (
        "It makes no difference within 7 days: 97% of interviews take place with all of these"
    )
    assert said("F4", "guidance", "F1", "F2") == (
        "With 3 of 4 policies, 97% of interviews take place within 7 days; fewest with F4: 92%"
    )

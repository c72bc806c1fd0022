"""House rules from coach.toml: what they change is shown, and every slip is told."""

from pathlib import Path

import pytest

from interview_coach.advice import Situation, advise
from interview_coach.errors import KitError
from interview_coach.playbook import Playbook, PlaybookError, load_playbook, pick
from interview_coach.times import read_time

START = read_time("2026-03-05T14:00", "Europe/London", "start")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return tmp_path / "coach.toml"


def loaded(house: Path, text: str) -> Playbook:
    house.write_text(text, encoding="utf-8")
    return load_playbook(house)


def refused(house: Path, text: str) -> str:
    with pytest.raises(PlaybookError) as error:
        loaded(house, text)
    return str(error.value)


OWN_RULE = """
[[playbook.rule]]
id = "tell-your-coach"
do = "ask_coach"
say = "Text your coach"
because = "We want to know while it happens, not next week."
timing = { from = "now", earliest = 0, due = 0, latest = 5 }
speaks = { caller = "interviewer", minutes_past = 5 }
silent = { caller = "interviewer", minutes_past = 5, stage = "spoken" }
"""


def test_a_file_that_is_not_there_changes_nothing(house: Path) -> None:
    assert load_playbook(house) == load_playbook()


@pytest.mark.parametrize("text", ["", "[coach]\nname = 'A'\n", "\ufeff[playbook]\n"])
def test_a_file_without_house_rules_changes_nothing(house: Path, text: str) -> None:
    assert loaded(house, text).changed == ()


def test_a_change_is_used_and_shown(house: Path) -> None:
    playbook = loaded(
        house, "[[playbook.change]]\nrule = 'stop-waiting'\ntiming = { due = 45, latest = 50 }\n"
    )
    plan = advise(Situation(caller="interviewer", scheduled=START), START, playbook)
    assert plan.give_up_at == START.add(minutes=45)
    assert plan.hold_until == START.add(minutes=15)
    (change,) = playbook.changed
    assert (change.by, change.rule, change.field) == ("house", "stop-waiting", "timing")
    assert change.was == "from scheduled, earliest 15, due 60, latest 75"
    assert change.now == "from scheduled, earliest 15, due 45, latest 50"
    assert playbook.rules["stop-waiting"].source == ("C1", "C2", "C3", "house")


def test_messages_leave_in_time_for_a_shorter_wait(house: Path) -> None:
    """K3: who holds for a quarter of an hour must offer the window before that."""
    playbook = loaded(
        house, "[[playbook.change]]\nrule = 'stop-waiting'\ntiming = { due = 15, latest = 15 }\n"
    )
    plan = advise(Situation(caller="interviewer", scheduled=START), START, playbook)
    due = {step.do: step.due for step in plan.steps}
    assert due["leave_voicemail"] == due["send_email"] == START.add(minutes=5)


def test_a_rule_of_your_own_speaks_with_the_house_as_its_source(house: Path) -> None:
    playbook = loaded(house, OWN_RULE)
    plan = advise(Situation(caller="interviewer", scheduled=START), START, playbook)
    step = next(step for step in plan.steps if step.id == "tell-your-coach")
    assert step.source == ("house",)
    (change,) = playbook.changed
    assert (change.rule, change.was, change.now) == (
        "tell-your-coach",
        "not there",
        "Text your coach",
    )


def test_a_rule_can_be_switched_off(house: Path) -> None:
    playbook = loaded(house, "[[playbook.change]]\nrule = 'stay-calm'\noff = true\n")
    plan = advise(Situation(caller="interviewer", scheduled=START), START, playbook)
    assert "stay-calm" not in {step.id for step in plan.steps}
    assert [(c.field, c.was, c.now) for c in playbook.changed] == [("off", "False", "True")]


def test_the_shipped_playbook_stays_as_it_was(house: Path) -> None:
    before = load_playbook().rules["stop-waiting"]
    loaded(house, "[[playbook.change]]\nrule = 'stop-waiting'\ntiming = { due = 45 }\n")
    assert load_playbook().rules["stop-waiting"] == before


def test_a_variant_is_picked_by_id_and_shown(house: Path) -> None:
    playbook = loaded(house, "[playbook]\nvariants = ['f4', 'F5']\n")
    assert playbook.picked == ("F4", "F5")
    assert [(change.by, change.rule) for change in playbook.changed] == [
        ("F4", "stop-waiting"),
        ("F5", "check-ringer"),
    ]
    assert pick(playbook, ("F4",)) == playbook


@pytest.mark.parametrize("key", load_playbook().variants)
def test_every_variant_can_be_picked_beside_any_other(key: str) -> None:
    for other in load_playbook().variants:
        both = load_playbook(variants=(key, other))
        assert set(both.picked) == {key, other}


def test_an_unknown_variant_lists_those_that_there_are() -> None:
    with pytest.raises(KitError) as error:
        load_playbook(variants=("F4", "F10"))
    assert str(error.value) == (
        "variant: there is no variant 'F10'; use one of F1, F2, F3, F4, F5, F6, F7, F8, F9."
    )


def test_all_slips_are_told_at_once(house: Path) -> None:
    text = """
[playbook]
variants = ["F12", "F4"]
[[playbook.change]]
rule = "stop-wating"
timing = { due = 30 }
[[playbook.change]]
rule = "stop-waiting"
timing = { dew = 30, latest = "x" }
[[playbook.rule]]
id = "dial"
do = "cal"
source = ["house", "Z9"]
variants = ["F44"]
say = "Ring them"
because = "We always ring them."
avoid = true
speaks = { caller = "interviewer" }
silent = { caller = "candidate" }
"""
    assert refused(house, text) == (
        "The playbook has 8 faults:\n"
        "- coach.toml, variant: there is no variant 'F12'; use one of F1, F2, F3, F4, F5, F6, F7, "
        "F8, F9.\n"
        "- coach.toml, change.rule: there is no rule 'stop-wating'; did you mean 'stop-waiting'.\n"
        "- coach.toml, stop-waiting, timing.latest: 'x' does not fit; use a whole number.\n"
        "- coach.toml, stop-waiting, timing.dew: there is no such field; did you mean 'due'.\n"
        "- coach.toml, dial, do: 'cal' is not known; did you mean 'call'.\n"
        "- coach.toml, dial, source: 'Z9' is not known; see the playbook.\n"
        "- coach.toml, dial, variants: 'F44' is not known; did you mean 'F4'.\n"
        "- coach.toml, dial, id: there is a rule of this id already; use change to change it."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "playbook = 3",
            "coach.toml, [playbook]: it is not a table; write [playbook] on a line of its own, and "
            "its entries below.",
        ),
        (
            "[[playbook]]\nvariants = []",
            "coach.toml, [playbook]: it is not a table; write [playbook] on a line of its own, and "
            "its entries below.",
        ),
        ("[playbok]", "coach.toml, [playbok]: there is no such table; did you mean 'playbook'."),
        (
            "[xyz]",
            "coach.toml, [xyz]: there is no such table; use one of coach, log, playbook, reader.",
        ),
        (
            "[playbook]\nvariant = ['F4']",
            "coach.toml, [playbook], variant: there is no such field; did you mean 'variants'.",
        ),
        (
            "[playbook]\nvariants = 'F4'",
            "coach.toml, [playbook], variants: 'F4' does not fit; use a list in square brackets.",
        ),
        (
            "[[playbook.change]]\nrule = 'stay-calm'\nsya = 'x'",
            "coach.toml, [playbook], change 1.sya: there is no such field; did you mean 'say'.",
        ),
        (
            "[[playbook.change]]\nrule = 'stay-calm'\nsay = 3",
            "coach.toml, [playbook], change 1.say: 3 does not fit; use text in quotes.",
        ),
        (
            "[[playbook.change]]\nrule = 'stay-calm'\ntemplate = 'email'",
            "coach.toml, stay-calm, template: 'email' is not known; use one of "
            + ", ".join(load_playbook().kinds)
            + ".",
        ),
        (
            "[[playbook.change]]\nrule = 'stop-waiting'\ntiming = { due = 5 }",
            "coach.toml, stop-waiting, timing: earliest (15), due (5) and latest (75) must follow "
            "one another; put that right.",
        ),
        (
            "[[playbook.change]]\nrule = 'stop-waiting'\nwhen = { chanel = ['phone'] }",
            "coach.toml, stop-waiting, when.chanel: there is no such field; did you mean 'channel'.",
        ),
        ("x = = 1", "coach.toml: Invalid value (at line 1, column 5); write it as TOML asks."),
    ],
)
def test_a_coachs_slip_is_told_in_one_line(house: Path, text: str, says: str) -> None:
    assert refused(house, text) == f"The playbook has 1 fault: {says}"


def test_two_rules_of_the_same_id_are_a_fault(house: Path) -> None:
    assert refused(house, OWN_RULE + OWN_RULE) == (
        "The playbook has 1 fault: coach.toml, tell-your-coach, id: there is a rule of this id "
        "already; use change to change it."
    )


def test_a_rule_without_its_two_examples_is_a_fault(house: Path) -> None:
    text = "\n".join(line for line in OWN_RULE.splitlines() if not line.startswith("silent"))
    assert refused(house, text) == (
        "The playbook has 1 fault: coach.toml, [playbook], rule 1.silent: it is missing; add it."
    )

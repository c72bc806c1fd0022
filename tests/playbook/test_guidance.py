"""Every piece of the guidance is found again in the playbook, and every rule keeps its promise.

The ids are those of the guidance that the kit teaches: A to E the article, F where other published
advice differs, K our own reading.
"""

import re

import pytest

from interview_coach.advice import Situation, advise
from interview_coach.check import ledger
from interview_coach.playbook import Playbook, Rule, load_playbook, pick
from interview_coach.times import read_time

PLAYBOOK = load_playbook()
START = read_time("2026-03-05T14:00", "Europe/London", "start")

# How many ids each letter of the guidance has.
COUNTS = {"A": 3, "B": 4, "C": 3, "D": 6, "E": 8, "F": 9, "K": 5}
GUIDANCE = [f"{letter}{n}" for letter, count in COUNTS.items() for n in range(1, count + 1)]

# A rule and the playbook it belongs to: the default one, or that of the variant which adds it.
RULES: list[tuple[Rule, Playbook]] = [(rule, PLAYBOOK) for rule in PLAYBOOK.rules.values()] + [
    (rule, pick(PLAYBOOK, (variant.id,)))
    for variant in PLAYBOOK.variants.values()
    for rule in variant.rule
]


def carriers(key: str) -> set[str]:
    """Find what carries a guidance id, without the ledger that is under test."""
    return (
        {rule.id for rule, _ in RULES if key in rule.source}
        | {kind.id for kind in PLAYBOOK.kinds.values() if key in kind.source}
        | {variant.id for variant in PLAYBOOK.variants.values() if variant.id == key}
    )


@pytest.mark.parametrize("key", GUIDANCE)
def test_every_guidance_id_is_carried_and_the_ledger_says_by_what(key: str) -> None:
    assert key in PLAYBOOK.sources
    assert carriers(key)
    named = {words.split()[-1] for words in ledger(PLAYBOOK).carried[key]}
    assert named == carriers(key)


def test_the_sources_are_these_ids_and_no_others() -> None:
    assert set(PLAYBOOK.sources) == {*GUIDANCE, "kit", "house"}
    in_order = sorted(GUIDANCE, key=lambda key: ("ABCDEKF".index(key[0]), key))
    # Besides, rules of ours without a numbered reading.
    assert list(ledger(PLAYBOOK).carried) == [*in_order, "kit"]


@pytest.mark.parametrize("key", [key for key in GUIDANCE if key[0] == "F"])
def test_an_adviser_is_cited_and_can_be_picked(key: str) -> None:
    source = PLAYBOOK.sources[key]
    assert source.kind == "adviser"
    assert source.question
    assert re.search(r"\.(com|org|co)|pages", source.where)
    assert key in PLAYBOOK.variants
    assert pick(PLAYBOOK, (key,)).changed


@pytest.mark.parametrize("key", [key for key in GUIDANCE if key[0] == "F"])
def test_an_adviser_is_named_by_a_rule_or_adds_one(key: str) -> None:
    assert any(key in rule.variants for rule, _ in RULES) or PLAYBOOK.variants[key].rule


@pytest.mark.parametrize(("rule", "playbook"), RULES, ids=[rule.id for rule, _ in RULES])
class TestRuleContract:
    """What holds for every rule."""

    def heard(self, playbook: Playbook, example: object) -> set[str]:
        data = example.model_dump()  # type: ignore[attr-defined]
        now = START.add(minutes=data.pop("minutes_past"))
        plan = advise(
            Situation(scheduled=START, new_time=now.add(hours=24), spoke_at=now, **data),
            now,
            playbook,
        )
        return {step.id for step in plan.steps} | {rule.id for rule in plan.avoid}

    def test_it_speaks_where_it_must(self, rule: Rule, playbook: Playbook) -> None:
        assert rule.id in self.heard(playbook, rule.speaks)

    def test_it_is_silent_where_it_must_be(self, rule: Rule, playbook: Playbook) -> None:
        assert rule.id not in self.heard(playbook, rule.silent)

    def test_the_silent_example_is_near_the_speaking_one(
        self, rule: Rule, playbook: Playbook
    ) -> None:
        speaks, silent = rule.speaks.model_dump(), rule.silent.model_dump()
        differing = [name for name in speaks if speaks[name] != silent[name]]
        assert 1 <= len(differing) <= 3

    def test_its_words_are_plain(self, rule: Rule, playbook: Playbook) -> None:
        for words in (rule.say, rule.because):
            assert words == " ".join(words.split())
            assert words[0].isupper()
        assert not rule.say.endswith(".")
        assert rule.because.endswith(".")
        assert len(rule.say.split()) <= 20

    def test_its_sources_and_templates_are_there(self, rule: Rule, playbook: Playbook) -> None:
        assert set(rule.source) <= set(playbook.sources)
        assert rule.do in playbook.actions
        assert rule.template is None or rule.template in playbook.kinds

    def test_it_blames_nobody(self, rule: Rule, playbook: Playbook) -> None:
        assert not re.search(r"\b(rude|lazy|unprofessional|fault of|forgot)\b", rule.say.lower())


def test_advice_beyond_phone_calls_says_that_it_is_an_extension() -> None:
    extensions = [rule for rule, _ in RULES if "K5" in rule.source]
    assert extensions
    assert all("this is our extension" in rule.because for rule in extensions)


def test_the_ledger_has_no_hole() -> None:
    found = ledger(PLAYBOOK)
    assert found.holes == ()
    assert {check.id for check in found.rules} == {rule.id for rule, _ in RULES}
    assert {check.kind for check in found.templates} == set(PLAYBOOK.kinds)


def test_rules_that_do_not_wait_for_a_template_name_an_action_of_their_own() -> None:
    messages = {rule.do for rule, _ in RULES if rule.template}
    assert messages <= {
        "apologise",
        "ask_good_time",
        "ask_them_to_call",
        "check_number",
        "confirm_ahead",
        "leave_voicemail",
        "propose_times",
        "send_email",
        "thank",
    }

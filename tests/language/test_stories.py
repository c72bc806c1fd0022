"""Every story and deck is told in the language that is spoken, from its first word to its ends."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach.comparing import assume, load_policies
from interview_coach.comparing.moments import SCENARIOS
from interview_coach.language import LANGUAGES, _, speaking
from interview_coach.messages import review
from interview_coach.playbook import Playbook, load_playbook
from interview_coach.playbook.loader import DATA
from interview_coach.playbook.texts import texts_in
from interview_coach.simulation import (
    LEVELS,
    Play,
    choices,
    debrief,
    follow_the_guidance,
    load_scenarios,
    next_step,
    start,
    step,
)
from interview_coach.simulation.saved import fingerprint, restore
from interview_coach.simulation.scenario import Scenario
from interview_coach.simulation.walk import seeds_of, walk
from interview_coach.workshop.decks import load_decks

ENGLISH = load_playbook(language="en")
STORIES = load_scenarios(ENGLISH)
OTHERS = [language for language in LANGUAGES if language != "en"]
BOOKS = {language: load_playbook(language=language) for language in OTHERS}
TOLD = {language: load_scenarios(book) for language, book in BOOKS.items()}

# Words that no sentence of another language holds by chance.
LEFT = re.compile(r"(?i)\b(?:and|from|is|it|of|on|the|they|to|was|with|you|your)\b")
# A blank that is not filled, two blanks in a row, "de el", a sentence that begins without a capital.
ROUGH = re.compile(
    r"[{}]|  |\b(?:[Dd]e|[Aa]) el |(?<!\u00a0m)(?<![.…])[.?!][”»]? [a-zñáéíóú]|\b[Ll]as 1:"
)


def parts(value: Any) -> Any:
    """Leave out of an entry what people read: all that is left is the same in every language."""
    texts = {text for _field, text, _context in texts_in(value)}

    def bare(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: bare(inside) for key, inside in one.items()}
        if isinstance(one, list | tuple):
            return [bare(inside) for inside in one]
        return "" if one in texts else one

    return bare(value.model_dump())


def seen(play: Play, book: Playbook) -> Iterator[str]:
    """Give everything that a page shows of a play."""
    phone, after = play.scenario.phone, debrief(play, book)
    yield from map(play.scenario.words, (phone.calendar, phone.about, phone.quiet))
    yield from (event.says for event in play.events if event.says)
    yield from (choice.says for choice in choices(play, book))
    yield from (after.headline, after.hidden)
    for one in after.judged:
        yield from (one.says, one.because)


def guided(scenario: Scenario, seed: int, level: Any, book: Playbook) -> Iterator[Play]:
    """Follow the guidance to the end; at each point, look at each other way for one step."""
    play = start(scenario, seed, level)
    yield play
    while play.outcome is None:
        yield from (step(play, choice.action, book) for choice in choices(play, book))
        play = step(play, follow_the_guidance(play, book), book)
    yield play


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", STORIES)
class TestStory:
    """What holds for each story in each language."""

    def test_only_its_texts_are_other_ones(self, name: str, language: str) -> None:
        spoken, english = TOLD[language][name], STORIES[name]
        assert parts(spoken) == parts(english)
        assert spoken.written == english.written == english
        own = zip(texts_in(spoken), texts_in(english), strict=True)
        same = {
            says for (field, says, _c), (_f, text, _d) in own if says == text and field != "name"
        }
        # What names a family is its key, and is put into words where it is shown.
        assert same == {english.family}
        with speaking(language):
            assert _(english.family) != english.family

    def test_it_is_told_whole_on_every_way(self, name: str, language: str) -> None:
        scenario, book = TOLD[language][name], BOOKS[language]
        told: set[str] = set()
        with speaking(language):
            for level in LEVELS:
                for seed in seeds_of(scenario):
                    for play in guided(scenario, seed, level, book):
                        told.update(seen(play, book))
        plain = {one.replace(scenario.person.name, "") for one in told}
        assert {one for one in plain if LEFT.search(one)} == set()
        assert {one for one in told if ROUGH.search(one)} == set()
        assert {one for one in told if one.count("?") != one.count("¿")} == set()
        assert {one for one in told if one.count("!") != one.count("¡")} == set()
        assert {one for one in told if one.count("“") != one.count("”")} == set()
        assert {one for one in told if (one.lstrip("“¿¡…")[:1] or "a").islower()} <= {
            action.done for action in book.actions.values()
        }

    def test_it_comes_to_the_same_ends(self, name: str, language: str) -> None:
        spoken, english = TOLD[language][name], STORIES[name]
        assert seeds_of(spoken) == seeds_of(english)
        seed = seeds_of(english)[0]
        with speaking(language):
            there = walk(spoken, seed, "guided", BOOKS[language], 2)
        here = walk(english, seed, "guided", ENGLISH, 2)
        assert there == here
        assert there.failures == []
        assert there.ended


@pytest.mark.parametrize("language", OTHERS)
def test_a_kept_attempt_goes_on_in_another_language(language: str, tmp_path: Path) -> None:
    house = tmp_path / "coach.toml"
    house.write_text('[[playbook.change]]\nrule = "call-back"\nsay = "Ring at once"\n', "utf-8")
    prints = set()
    for file in (None, house):
        here, there = (load_playbook(file, language=one) for one in ("en", language))
        ours, theirs = load_scenarios(here), load_scenarios(there)
        for name, scenario in ours.items():
            assert fingerprint(theirs[name], there) == fingerprint(scenario, here)
        prints.add(fingerprint(ours["silent_phone"], here))
    assert len(prints) == 2  # a house rule still makes a difference
    play = start(ours["silent_phone"], 3, "plain")
    while play.outcome is None:
        play = step(play, next_step(play, here)[0], here)
    with speaking(language):
        again = restore(
            theirs,
            there,
            scenario="silent_phone",
            level="plain",
            seed=3,
            actions=[(action.do, action.until) for _minute, action in play.actions],
            minute=play.minute,
            outcome=play.outcome,
        )
    assert [one.kind for one in again.events] == [one.kind for one in play.events]
    assert not {one.says for one in again.events if one.says} & {one.says for one in play.events}


def test_a_name_with_a_title_is_said_as_it_is_said_there() -> None:
    scenario = TOLD["es"]["phone_on_silent"]
    with speaking("es"):
        assert scenario.words("Un correo de {name}. Escribe a {name}. {name_cap} calla.") == (
            "Un correo del señor Haddad. Escribe al señor Haddad. El señor Haddad calla."
        )
        assert scenario.at(0) == "10:00"
    assert scenario.written.words("An email from {name}.") == "An email from Mr Haddad."


def test_whoever_is_called_she_in_two_ways_is_told_apart() -> None:
    person = TOLD["es"]["silent_phone"].person
    assert (person.they, person.their, person.them) == ("ella", "su", "la")


@pytest.mark.parametrize("language", OTHERS)
def test_decks_are_in_the_language_and_put_the_same_to_the_room(language: str) -> None:
    here, there = load_decks(ENGLISH), load_decks(BOOKS[language], TOLD[language])
    assert list(there) == list(here)
    for name, deck in here.items():
        spoken = there[name]
        for field in ("title", "about"):
            assert getattr(spoken, field) != getattr(deck, field)
        for ours, theirs in zip(deck.stories, spoken.stories, strict=True):
            assert parts(theirs.call) == parts(ours.call)
            for field in ("title", "before", "after"):
                assert getattr(theirs.call, field) != getattr(ours.call, field)
                assert not LEFT.search(getattr(theirs.call, field))
            with speaking(language):
                play = theirs.play(theirs.lead_in, BOOKS[language])
                put = [one.action for one in theirs.put(play, BOOKS[language])]
            assert put == [
                one.action for one in ours.put(ours.play(ours.lead_in, ENGLISH), ENGLISH)
            ]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_policies_and_assumptions_are_in_the_language_but_a_coachs_own(
    name: str, language: str, tmp_path: Path
) -> None:
    own = tmp_path / "policies.toml"
    steps = 'steps = [{ do = "stop_waiting", at = 60 }]'
    own.write_text(f'[[policy]]\nid = "mine"\nsays = "The guidance"\n{steps}\n', "utf-8")
    scenario = TOLD[language][name]
    english = load_policies(ENGLISH, STORIES[name])
    usual = assume(STORIES[name])
    with speaking(language):
        spoken = load_policies(BOOKS[language], scenario)
        assumed = assume(scenario)
        assert load_policies(BOOKS[language], scenario, own)["mine"].says == "The guidance"
    assert list(spoken) == list(english)
    for key, policy in english.items():
        assert spoken[key].says != policy.says
        assert spoken[key].steps == policy.steps
    assert assumed.values == usual.values
    for about, one in usual.about.items():
        assert assumed.about[about].says != one.says
        # A story with other numbers is the same one in every language.
        laid = assumed.having({about: one.high}).scenario()
        ours = usual.having({about: one.high}).scenario()
        assert fingerprint(laid, BOOKS[language]) == fingerprint(ours, ENGLISH)
        # A unit is asked for by its English name, and put into words where it is shown.
        assert assumed.about[about].unit == one.unit
        with speaking(language):
            assert _(one.unit) != one.unit


@pytest.mark.parametrize("language", OTHERS)
def test_a_review_gives_its_reasons_in_the_language_and_its_words_in_the_messages(
    language: str,
) -> None:
    draft = "Hello, you forgot to call me. Call me back by five at the latest!"
    english = review("email_no_answer", draft, ENGLISH)
    with speaking(language):
        spoken = review("email_no_answer", draft, BOOKS[language])
    assert english.missing
    assert english.faults
    for ours, theirs in zip(english.missing, spoken.missing, strict=True):
        assert (theirs.item, theirs.try_) == (ours.item, ours.try_)
        assert theirs.says != ours.says
        assert theirs.why != ours.why
    for was, now in zip(english.faults, spoken.faults, strict=True):
        assert (now.fault, now.span, now.try_) == (was.fault, was.span, was.try_)
        assert now.why != was.why


def test_stories_of_another_folder_stay_as_they_were_written(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "own")
    with speaking("es"):
        own = load_playbook(folder=tmp_path / "own")
        assert load_scenarios(own) == STORIES
        assert load_decks(own)["first_workshop"].title == "First workshop: four calls"

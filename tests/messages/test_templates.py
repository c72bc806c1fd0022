"""Every kind in every language and voice: it holds its items, keeps its length, passes the review."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.messages import LANGUAGES, VOICES, fill, language_words, review
from interview_coach.playbook import load_playbook
from interview_coach.playbook.loader import DATA
from interview_coach.times import read_time

PLAYBOOK = load_playbook()
START = read_time("2026-03-05T14:00", "Europe/London", "start")
NOW = START.add(minutes=20)
VALUES: dict[str, Any] = {
    "sender": "Amara Nwosu",
    "reader": "Ms Mahoney",
    "role": "lab manager",
    "appointment": START,
    "now": NOW,
    "new_time": NOW.add(hours=2),
    "spoken": START.add(minutes=5),
    "available_until": START.add(minutes=60),
    "phone": "020 7946 0100",
    "attempts": 2,
    "times": ("Tuesday after 2 pm", "Wednesday morning"),
    "caller": "candidate",
    "channel": "phone",
    "missed_by_me": False,
    "obstacle_fixed": "I have moved to a landline",
}
CHANGES: list[dict[str, Any]] = [
    {},
    {"caller": "interviewer", "channel": "video", "missed_by_me": True, "attempts": 1},
    {"channel": "in_person", "attempts": 3, "times": ("tomorrow at 10",)},
]
EVERY = list(product(PLAYBOOK.kinds, LANGUAGES, VOICES))


def texts(kind: str, language: str, voice: str, **other: Any) -> list[str]:
    """Fill a kind with all its blanks, with those only that it needs, and with other answers."""
    spec = PLAYBOOK.kinds[kind]
    filled = []
    for names, change in product(((*spec.needs, *spec.may), spec.needs), CHANGES):
        fields = {name: (VALUES | other | change)[name] for name in names}
        filled.append(fill(kind, fields, PLAYBOOK, now=NOW, voice=voice, language=language).text)
    return filled


@pytest.mark.parametrize(("kind", "voice"), list(product(PLAYBOOK.kinds, VOICES)))
def test_what_the_kit_writes_passes_its_own_review(kind: str, voice: str) -> None:
    for text in texts(kind, "en", voice):
        found = review(kind, text)
        assert [item.item for item in found.missing] == [], text
        assert [(fault.fault, fault.span) for fault in (*found.faults, *found.asks)] == [], text
        assert found.notice == ""


# What shows in each language that a required item is there.
SHOWS: dict[str, dict[str, str]] = {
    "sender_name": dict.fromkeys(LANGUAGES, "Amara Nwosu"),
    "contact_details": dict.fromkeys(LANGUAGES, "020 7946 0100"),
    "correct_number": dict.fromkeys(LANGUAGES, "020 7946 0100"),
    "interview_reference": {"es": "entrevista", "fr": "entretien", "de": "Vorstellungsgespräch"},
    "current_time": {"es": "las 14:20", "fr": "14:20", "de": "14:20 Uhr"},
    "availability_window": {
        "es": "hasta las 15:00",
        "fr": "jusqu’à 15:00",
        "de": "[Bb]is 15:00 Uhr",
    },
    "attempt_made": {
        "es": r"(?:[Ll]lamé|conecté).* y no pude",
        "fr": r"sans réussir à vous joindre",
        "de": r"nicht erreich",
    },
    "hope_to_hear": {
        "es": "espero tener noticias",
        "fr": "j’espère avoir de vos nouvelles",
        "de": "hoffe, bis dahin von Ihnen zu hören",
    },
    "reschedule_offer": {
        "es": "otro momento|nueva hora|otra hora",
        "fr": "autre moment|nouveau moment",
        "de": "anderer? Termin|neuen Termin",
    },
    "specific_times": {
        "es": "Tuesday|tomorrow",
        "fr": "Tuesday|tomorrow",
        "de": "Tuesday|tomorrow",
    },
    "looks_forward": {
        "es": "ganas de hablar|nuestra conversación",
        "fr": "réjouis|attente de notre entretien",
        "de": "freue mich|mit Freude entgegen",
    },
    "thanks": {"es": "[Gg]racias|agradezco", "fr": "[Mm]erci|remercie", "de": "[Dd]ank"},
    "thanks_flexibility": {"es": "flexibilidad", "fr": "souplesse", "de": "flexibel"},
    "call_direction_request": {
        "es": "Podría llamarme|cambiemos quién llama",
        "fr": "Pourriez-vous m’appeler|inverser l’appel",
        "de": "mich anrufen|tauschen",
    },
    "apology": {
        "es": "Siento|disculp|Disculp",
        "fr": "excus",
        "de": "entschuldig|Entschuldig|leid",
    },
    "good_time_question": {"es": "buen momento.*\\?", "fr": "bon moment.*\\?", "de": "gerade\\?"},
}


@pytest.mark.parametrize(
    ("kind", "language", "voice"), [one for one in EVERY if one[1] != "en"], ids="-".join
)
def test_every_kind_holds_its_required_items_in_every_language(
    kind: str, language: str, voice: str
) -> None:
    spec = PLAYBOOK.kinds[kind]
    for text in texts(kind, language, voice):
        for item in spec.required:
            if item == "appointment_time":
                assert re.search(r"1[46]:[02]0", text), (item, text)
            else:
                assert re.search(SHOWS[item][language], text, re.S), (item, text)
        found = review(kind, text)
        assert found.language == language
        assert found.faults == ()
        assert found.words <= spec.most_words


@pytest.mark.parametrize(("kind", "language", "voice"), EVERY, ids="-".join)
def test_nothing_is_left_open_and_no_gap_shows(kind: str, language: str, voice: str) -> None:
    for text in texts(kind, language, voice):
        assert not re.search(r"[{}\[\]]|__|  |\( ?\)| [,.]|\.\.|None|\n{3}", text), text


@pytest.mark.parametrize("kind", PLAYBOOK.kinds)
def test_the_three_voices_differ(kind: str) -> None:
    for language in LANGUAGES:
        assert len({texts(kind, language, voice)[0] for voice in VOICES}) == 3


def test_every_template_is_used_and_none_is_missing() -> None:
    there = {
        str(path.relative_to(DATA / "templates")) for path in (DATA / "templates").rglob("*.j2")
    }
    assert there == {str(Path(language) / voice / f"{kind}.j2") for kind, language, voice in EVERY}


@pytest.mark.parametrize(
    ("language", "day", "time"),
    [
        ("es", "el martes 10 de marzo", "9:05"),
        ("fr", "le mardi 10 mars", "09:05"),
        ("de", "am Dienstag, 10. März", "09:05 Uhr"),
        ("en", "on Tuesday 10 March", "9:05 am"),
    ],
)
def test_days_and_times_are_written_as_the_language_writes_them(
    language: str, day: str, time: str
) -> None:
    words = language_words(language)
    moment = read_time("2026-03-10T09:05", "Europe/London", "moment")
    assert words.on_day(moment, NOW) == day
    assert words.at_time(moment, "12") == time


@pytest.mark.parametrize(
    ("language", "voice", "reader", "greeting"),
    [
        ("en", "formal", "Dr Osei", "Dear Dr Osei"),
        ("en", "formal", "", "Dear Sir or Madam"),
        ("es", "formal", "Sra. García", "Estimada Sra. García"),
        ("es", "formal", "Sr. García", "Estimado Sr. García"),
        ("es", "formal", "García", "Buenos días, García"),
        ("es", "formal", "Srabani", "Buenos días, Srabani"),
        ("fr", "formal", "Madame Durand", "Madame Durand"),
        ("fr", "plain", "Camille", "Bonjour Camille"),
        ("de", "formal", "Frau Maier", "Sehr geehrte Frau Maier"),
        ("de", "formal", "Herr Maier", "Sehr geehrter Herr Maier"),
        ("de", "formal", "Kim Maier", "Guten Tag Kim Maier"),
    ],
)
def test_a_greeting_follows_the_title_and_guesses_nothing(
    language: str, voice: str, reader: str, greeting: str
) -> None:
    assert language_words(language).greet(reader, voice) == greeting


def test_an_unknown_voice_or_language_is_named_with_those_that_there_are() -> None:
    fields = {name: VALUES[name] for name in PLAYBOOK.kinds["email_thanks"].needs}
    with pytest.raises(KitError) as caught:
        fill("email_thanks", fields, PLAYBOOK, now=NOW, voice="loud")
    assert str(caught.value) == "voice: 'loud' is not known; use one of plain, warm, formal."
    with pytest.raises(KitError) as caught:
        fill("email_thanks", fields, PLAYBOOK, now=NOW, language="../en")
    assert str(caught.value) == (
        "language: '../en' is not known; use one of en (English), es (Español), fr (Français), de (Deutsch)."
    )

"""The catalogues are complete, agree with the code, and fit where their texts are put."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from interview_coach.language import LANGUAGES, LOCALE
from tools.texts import PACKAGE, TABLES, Found, extracted, part_of, updated

OTHERS = [language for language in LANGUAGES if language != "en"]
PLACES = re.compile(r"\{[^{}]*\}")
# Who is meant, in a story: in Spanish the verb says it, and a name has an article in front.
WHO = re.compile(r"\{(?:they|their|them)(?:_cap)?\}")
# What a translation must keep as it is: tags, code, the guidance's ids, files and addresses.
KEPT = re.compile(r"</?\w+[^>]*>|`[^`]+`|\[[A-Z]\d[^\]]*\]|\b[\w.-]+\.(?:toml|db|ics|com|org)\b")


@pytest.fixture(scope="module")
def texts() -> dict[str, list[Found]]:
    return extracted()


def faults(message: Message, plurals: int) -> list[str]:
    """What is wrong with one translation; nothing where it is good."""
    if message.fuzzy:
        return ["it is marked as fuzzy: look at it and take the mark away"]
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    if not forms or not all(form and form.strip() for form in forms):
        return ["it is not translated"]
    if len(english) > 1 and len(forms) != plurals:
        return [f"it has {len(forms)} forms instead of {plurals}"]
    found = []
    for number, form in enumerate(forms):
        # The first form may be for one thing alone; the others follow the English plural.
        meant = english[min(number, len(english) - 1)]
        if places(form) != places(meant):
            found.append(f"other places to fill in: {PLACES.findall(form)}")
        if sorted(KEPT.findall(form)) != sorted(KEPT.findall(meant)):
            found.append(f"other tags, ids or names: {KEPT.findall(form)}")
        if (form != form.strip()) != (meant != meant.strip()):
            found.append("another blank at its beginning or end")
        if meant.rstrip()[-1:] in ".?:" and form.rstrip()[-1:] != meant.rstrip()[-1:]:
            found.append(f"it does not end with {meant.rstrip()[-1:]!r}")
    return found


def places(text: str) -> list[str]:
    return sorted(PLACES.findall(WHO.sub("", text).replace("{name_cap}", "{name}")))


def catalogues(language: str) -> list[tuple[Path, Catalog]]:
    read = []
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            read.append((path, read_po(file, locale=language, abort_invalid=True)))
    return read


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogues_are_those_of_the_code(language: str, texts: dict[str, list[Found]]) -> None:
    """`make texts` would change nothing: no text is new, and none has gone."""
    there = {path.name: path.read_bytes() for path, _ in catalogues(language)}
    wanted = updated(language, texts)
    assert sorted(there) == sorted(wanted)
    assert [name for name in wanted if there[name] != wanted[name]] == [], "run make texts"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_fits(language: str) -> None:
    plurals = get_plural(language)[0]
    wrong = {
        f"{path.name}: {message.id!r}": found
        for path, catalogue in catalogues(language)
        for message in catalogue
        if message.id and (found := faults(message, plurals))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_one_text_is_said_in_one_way(language: str) -> None:
    said: dict[tuple[str | None, Any], set[Any]] = defaultdict(set)
    for _path, catalogue in catalogues(language):
        for message in catalogue:
            if message.id:
                said[message.context, message.id].add(message.string)
    assert {key: ways for key, ways in said.items() if len(ways) > 1} == {}


@pytest.mark.parametrize(
    ("english", "spanish", "expected"),
    [
        pytest.param("Saved.", "Guardado.", [], id="good"),
        pytest.param("Saved.", "", ["it is not translated"], id="empty"),
        pytest.param("Saved.", " ", ["it is not translated"], id="blank"),
        pytest.param("At {time}", "A las", ["other places to fill in: []"], id="a place is lost"),
        pytest.param(
            "At {time}", "A {hora}", ["other places to fill in: ['{hora}']"], id="renamed"
        ),
        pytest.param(
            "See [B1]", "Ver [B2]", ["other tags, ids or names: ['[B2]']"], id="another id"
        ),
        pytest.param("<b>Now</b>", "Ahora", ["other tags, ids or names: []"], id="a tag is lost"),
        pytest.param("Now?", "Ahora", ["it does not end with '?'"], id="no question any more"),
        pytest.param(
            ("{n} call", "{n} calls"),
            ("{n} llamada",),
            ["it has 1 forms instead of 2"],
            id="plural",
        ),
        pytest.param(
            ("{n} call", "{n} calls"), ("{n} llamada", ""), ["it is not translated"], id="half"
        ),
    ],
)
def test_a_bad_translation_is_found(english: Any, spanish: Any, expected: list[str]) -> None:
    assert faults(Message(english, spanish), 2) == expected


def test_a_fuzzy_translation_is_found() -> None:
    assert faults(Message("Saved.", "Guardado.", flags={"fuzzy"}), 2) == [
        "it is marked as fuzzy: look at it and take the mark away"
    ]


def test_texts_are_found_where_they_are_marked(texts: dict[str, list[Found]]) -> None:
    ids = {part: {found.id for found in there} for part, there in texts.items()}
    assert "It is happening now" in ids["panels_home"]
    assert ("{n} missed call", "{n} missed calls") in ids["core"]
    assert "Keep the line free" in ids["playbook"]
    # Of a notebook: a heading, a paragraph, what stands beside a parameter.
    assert {"Look closer", "the file that holds the log"} <= ids["notebooks"]
    assert any(str(text).startswith("One minute a call: who") for text in ids["notebooks"])
    assert "Interview Coach: our own reading" in ids["playbook"]
    # Fields that are no texts stay out: ids, verbs.
    assert not {"stay-calm", "stay_calm", "voicemail"} & ids["playbook"]


def test_every_file_of_the_playbook_that_is_read_is_there() -> None:
    data = PACKAGE / "playbook" / "data"
    assert [pattern for pattern in TABLES if not list(data.glob(pattern))] == []


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("wording.py", "core"),
        ("panels/today_model.py", "panels_today"),
        ("panels/log.py", "panels_log"),
        ("panels/kit/nav.py", "panels_kit"),
        ("reports/content/opening.py", "reports"),
        ("playbook/loader.py", "playbook"),
        ("playbook/data/rules/1_mindset.toml", "playbook"),
        ("playbook/data/scenarios/overslept.toml", "scenarios"),
        ("../notebooks/01_today.ipynb", "notebooks"),
    ],
)
def test_each_part_has_a_catalogue_of_its_own(file: str, part: str) -> None:
    assert part_of(PACKAGE / file) == part

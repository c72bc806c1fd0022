"""Which language is spoken, and numbers, dates and times as its readers write them."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.language import (
    LANGUAGES,
    OFFERED,
    _,
    chosen,
    current,
    ngettext,
    pgettext,
    speaking,
)
from interview_coach.playbook import PlaybookError, load_playbook
from interview_coach.times import clock_face, clock_time, day_words, read_time, weekday
from interview_coach.wording import (
    Tally,
    counted,
    duration,
    half_sentence,
    number,
    of_total,
    percent,
    points,
    rate_sentence,
)

LATER = read_time("2026-03-05T14:07", "Europe/Madrid", "now")


def test_english_is_what_stands_in_the_code_and_loads_nothing() -> None:
    code = (
        "import sys; from interview_coach.language import _, ngettext\n"
        "from interview_coach import load_playbook; from interview_coach.wording import percent\n"
        "load_playbook(); said = (_('Take a breath'), ngettext('{n} day', '{n} days', 2), percent(.2))\n"
        "print(said, [name for name in sys.modules if name.partition('.')[0] == 'babel'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "('Take a breath', '{n} days', '20%') []"


def test_a_block_speaks_another_language_and_no_thread_beside_it_does() -> None:
    assert current() == "en"
    with speaking("es"):
        assert _("Take a breath") == "Respira"
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(_, "Take a breath").result() == "Take a breath"
    assert _("Take a breath") == "Take a breath"


def test_a_text_without_translation_stays_english() -> None:
    with speaking("es"):
        assert _("Nobody ever wrote this sentence.") == "Nobody ever wrote this sentence."
        assert pgettext("nowhere", "Home") == "Home"
        assert ngettext("{n} goose", "{n} geese", 2) == "{n} geese"
        assert _("") == ""


@pytest.mark.parametrize(
    ("query", "environment", "settings", "expected"),
    [
        pytest.param("", "", "", "en", id="nothing said"),
        pytest.param("", "", 'language = "es"', "es", id="the coach's settings"),
        pytest.param("", "en", 'language = "es"', "en", id="the environment beats the settings"),
        pytest.param("a=1&language=es", "en", "", "es", id="the page's address beats both"),
        pytest.param(
            "language=tlh", "", 'language = "es"', "es", id="an address may hold anything"
        ),
        pytest.param("", "", "language = [", "en", id="a torn file does not change the language"),
        pytest.param("", "", '[playbook]\nvariants = ["F1"]', "en", id="settings of other things"),
    ],
)
def test_what_decides_the_language(
    tmp_path: Path, query: str, environment: str, settings: str, expected: str
) -> None:
    house = tmp_path / "coach.toml"
    if settings:
        house.write_text(settings, "utf-8")
    given = {"QUERY_STRING": query, "INTERVIEW_COACH_LANGUAGE": environment}
    assert chosen(given, house) == expected


def test_settings_that_name_no_language_are_told_so(tmp_path: Path) -> None:
    house = tmp_path / "coach.toml"
    house.write_text('language = "Klingon"', "utf-8")
    with pytest.raises(KitError) as told:
        chosen({}, house)
    assert str(told.value) == (
        "coach.toml, language: 'Klingon' is not a language of the kit; use 'en' (English) or "
        "'es' (Español)."
    )


def test_every_offered_language_is_known() -> None:
    assert set(OFFERED) <= set(LANGUAGES)


def test_figures_are_written_as_readers_of_spanish_write_them() -> None:
    # CLDR's patterns for es: point for thousands, comma for decimals, a narrow gap before the sign.
    with speaking("es"):
        assert number(1233) == "1.233"
        assert of_total(783, 1233) == "783 de 1.233"
        assert percent(0.36) == "36\xa0%"
        assert percent(0.3612, 1) == "36,1\xa0%"
        assert percent(0.001) == "menos del 1\xa0%"
        assert percent(0.9999) == "más del 99\xa0%"
        assert percent(0.0) == "0\xa0%"
        assert points(0.123, 1) == "12,3 puntos"
        assert points(0.01, 0) == "1 punto"
        assert points(0.0001, 0) == "menos de 1 punto"
        assert counted(1, "{n} missed call", "{n} missed calls") == "1 llamada perdida"
        assert counted(1233, "{n} missed call", "{n} missed calls") == "1.233 llamadas perdidas"
        assert duration(1) == "1 minuto"
        assert duration(0.2) == "menos de 1 minuto"
        assert duration(3 * 24 * 60) == "3 días"
        assert half_sentence(4, 500, 400, 600) == (
            "La mitad de 4 llamadas perdidas llegó a una llamada completada en 9 horas "
            "(pocos casos: entre 6 horas y 10 horas)"
        )


def test_a_rate_is_said_in_a_whole_sentence() -> None:
    missed = Tally(
        "There are no missed calls to count yet",
        "{n} of {total} call was missed",
        ("{n} of {total} calls was missed", "{n} of {total} calls were missed"),
    )
    rate = {"value": 9 / 42, "low": 0.12, "high": 0.36}
    for n, total, said in (
        (9, 42, "9 of 42 calls were missed (21%, between 12% and 36%)"),
        (1, 42, "1 of 42 calls was missed (21%, between 12% and 36%)"),
        (0, 1, "0 of 1 call was missed (few cases: 21%, between 12% and 36%)"),
        (0, 0, "There are no missed calls to count yet"),
    ):
        assert rate_sentence({"n": n, "N": total, **rate}, missed) == said
        # Word for word what the older way, for English alone, says.
        if total:
            assert rate_sentence({"n": n, "N": total, **rate}, "call", "missed") == said
    with speaking("es"):
        assert rate_sentence({"n": 0, "N": 0, **rate}, missed) == (
            "Todavía no hay llamadas perdidas que contar"
        )


def test_times_and_days_are_written_as_readers_of_spanish_write_them() -> None:
    with speaking("es"):
        assert clock_time(LATER) == clock_face(LATER) == clock_time(LATER, "24") == "14:07"
        assert weekday(LATER) == "jueves"
        assert day_words(LATER, LATER.add(hours=24)) == "ayer"
        assert day_words(LATER, LATER.add(hours=24 * 40)) == "jueves 5 de marzo"
    assert clock_time(LATER) == "2:07 pm"
    assert clock_face(LATER) == "2:07"
    assert day_words(LATER, LATER.add(hours=24 * 40)) == "Thursday 5 March"


def test_the_playbook_speaks_the_language_and_a_house_rule_stays_as_written(tmp_path: Path) -> None:
    house = tmp_path / "coach.toml"
    house.write_text(
        'language = "es"\n[[playbook.change]]\nrule = "call-back"\nsay = "Take a breath"\n'
        '[[playbook.change]]\nrule = "stop-waiting"\ntiming = { due = 40 }\n',
        "utf-8",
    )
    spanish, english = load_playbook(house, language="es"), load_playbook(house)
    assert spanish.rules["stay-calm"].say == "Respira"
    # The coach's own words, although the catalogue knows the same ones.
    assert spanish.rules["call-back"].say == "Take a breath"
    assert spanish.rules["stop-waiting"].say == "Deja de esperar"
    assert spanish.rules["stop-waiting"].timing == english.rules["stop-waiting"].timing
    assert english.rules["stay-calm"].say == "Take a breath"
    assert spanish.codes["channel"]["video"] == "videollamada"
    assert (
        spanish.sources["F7"].where == "varias páginas sobre entrevistas por video que se retrasan"
    )
    assert english.sources["F7"].where == "several pages on late video interviews"
    changed = [(one.rule, one.field) for one in spanish.changed]
    assert changed == [(one.rule, one.field) for one in english.changed]


def test_all_but_texts_is_the_same_in_every_language() -> None:
    english = load_playbook(language="en")
    for language in LANGUAGES:
        other = load_playbook(language=language)
        for key, rule in english.rules.items():
            mine, theirs = rule.model_dump(), other.rules[key].model_dump()
            for field in ("say", "because"):
                mine.pop(field), theirs.pop(field)
            assert mine == theirs
            assert rule.model_fields_set == other.rules[key].model_fields_set


def test_another_entry_above_the_tables_is_still_a_fault(tmp_path: Path) -> None:
    house = tmp_path / "coach.toml"
    house.write_text('langage = "es"', "utf-8")
    with pytest.raises(PlaybookError, match=r"coach\.toml, \[langage\]: there is no such table"):
        load_playbook(house)


def test_no_language_leaks_out_of_the_tests() -> None:
    assert current() == os.environ.get("INTERVIEW_COACH_LANGUAGE", "en")

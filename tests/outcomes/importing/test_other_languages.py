"""Trackers that are kept in Spanish, German or French go in as English ones do."""

from datetime import UTC, datetime

import pytest

from interview_coach.outcomes import Proposal, propose
from interview_coach.outcomes.importing import synonyms
from interview_coach.outcomes.importing.synonyms import code_of, match, yes_or_no
from interview_coach.outcomes.importing.table import FileTable
from interview_coach.outcomes.model import CODED, codes

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
TRACKERS = {
    "Spanish": (
        "Participante;Fecha de la entrevista;Hora;Empresa;Modalidad;Resultado;Causa;Grupo;Observaciones",
        "Ana S.;jueves, 5 de marzo de 2026;14:00 h;Acme;Videollamada;Realizada;;Primavera;fue bien",
        "Ben O.;4 mar 2026;9:30;Bolt;Teléfono;La empresa no llamó;;Primavera;",
        "Cleo P.;6-mar-26;16:15;Bolt;telefónica;No se presentó;atasco;Otoño;",
        "Cleo P.;13 de marzo de 2026;16:15;Bolt;presencial;Reprogramada;;Otoño;",
    ),
    "German": (
        "Teilnehmerin;Datum des Gesprächs;Uhrzeit;Arbeitgeber;Gesprächsart;Ergebnis;Ursache;Gruppe;Bemerkungen",
        "Ana S.;Do., 5. März 2026;14 Uhr;Acme;Videoanruf;Stattgefunden;;Frühling;lief gut",
        "Ben O.;4. Mrz 2026;9:30;Bolt;telefonisch;Firma rief nicht an;;Frühling;",
        "Cleo P.;6. Maerz 2026;16:15 Uhr;Bolt;Telefon;Nicht erschienen;Stau;Herbst;",
        "Cleo P.;13. März 2026;16.15 Uhr;Bolt;vor Ort;Verschoben;;Herbst;",
    ),
    "French": (
        "Bénéficiaire;Date de l’entretien;Heure;Entreprise;Modalité;Résultat;Cause de l’absence;Groupe;Remarques",
        "Ana S.;jeudi 5 mars 2026;14h;Acme;Visio;Effectué;;Printemps;bien passé",
        "Ben O.;4 mars 2026;9h30;Bolt;Téléphone;L’entreprise n’a pas appelé;;Printemps;",
        "Cleo P.;6 mars 2026;16h15;Bolt;par téléphone;Absente;embouteillage;Automne;",
        "Cleo P.;13 mars 2026;16h15;Bolt;en présentiel;Reportée;;Automne;",
    ),
}


def proposal_of(language: str) -> Proposal:
    header, *rows = (line.split(";") for line in TRACKERS[language])
    lines = list(range(2, 2 + len(rows)))
    table = FileTable("calls.csv", header, rows, lines, ";", kind="text")
    return propose(table, timezone="Europe/Madrid")


@pytest.mark.parametrize("language", TRACKERS)
def test_a_tracker_goes_in_without_a_mapping(language: str) -> None:
    proposal, header = proposal_of(language), TRACKERS[language][0].split(";")
    wanted = ["client", "scheduled_at", "scheduled_time", "employer", "channel", "state", "cause"]
    assert {guess.field: guess.column for guess in proposal.guesses} == dict(
        zip([*wanted, "cohort", "notes"], header, strict=True)
    )
    assert proposal.open_questions == ()
    shown = proposal.preview(now=NOW)
    assert list(shown["problem"]) == [""] * 4
    assert list(shown["scheduled_at"]) == [
        *("2026-03-05 14:00", "2026-03-04 09:30", "2026-03-06 16:15", "2026-03-13 16:15"),
    ]
    assert list(shown["state"]) == ["completed", "missed", "missed", "moved"]
    assert list(shown["channel"]) == ["video", "phone", "phone", "in_person"]


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("state", "Asistió", "completed"),
        ("state", "NO ASISTIÓ", "missed"),
        ("state", "abgesagt", "cancelled"),
        ("state", "en attente", "pending"),
        ("missed_by", "La empresa no llamó", "interviewer_no_call"),
        ("missed_by", "Bewerberin", "candidate"),
        ("cause", "kein Empfang", "no_reception"),
        ("cause", "se cortó", "dropped_call"),
        ("caller", "llamo yo", "candidate"),
        ("state", "quizás", None),
    ],
)
def test_words_for_codes(field: str, cell: str, code: str | None) -> None:
    assert code_of(field, cell) == code


@pytest.mark.parametrize(
    ("cell", "header", "state"),
    [
        ("Sí", "¿Asistió?", "completed"),
        ("no", "Asistió", "missed"),
        ("sí", "No asistió", "missed"),
        ("Ja", "Nicht erschienen", "missed"),
        ("nein", "Teilgenommen", "missed"),
        ("Oui", "A eu lieu", "completed"),
    ],
)
def test_what_a_yes_means_depends_on_the_header(cell: str, header: str, state: str) -> None:
    assert yes_or_no(cell, header) == state


@pytest.mark.parametrize(
    "header",
    ["Estado civil", "Fecha de nacimiento", "Geburtsdatum", "Familienstand", "Date de naissance"],
)
def test_headers_of_other_matters(header: str) -> None:
    assert not {"state", "scheduled_at"} & set(match(header))


def test_every_word_is_written_as_it_is_compared_and_is_for_a_code_that_there_is() -> None:
    data = synonyms._data()
    words = [word for group in data["headers"].values() for word in group]
    for field, by_code in data["values"].items():
        assert field in CODED and set(by_code) <= set(codes(field))
        words += [word for group in by_code.values() for word in group]
    assert [word for word in words if synonyms.normal(word) != word] == []


def test_an_english_word_keeps_its_meaning() -> None:
    english = {
        *(("state", word, "completed") for word in ("done", "held", "present")),
        *(("state", word, "missed") for word in ("absent", "no answer", "dna")),
        ("missed_by", "client", "candidate"),
        ("channel", "virtual", "video"),
    }
    assert {(field, word, code_of(field, word)) for field, word, _ in english} == english

"""What is said of data that does not fit (frames, stories, files of the kit), and of sources, in Spanish."""

import dataclasses
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.language import chosen, current, speaking
from interview_coach.outcomes import check_frame
from interview_coach.outcomes.framing import FrameError, FrameFault
from interview_coach.outcomes.rooms.file import RoomsFile
from interview_coach.outcomes.team import audit
from interview_coach.outcomes.team.rules import Roles
from interview_coach.playbook import PlaybookError, load_playbook
from interview_coach.shipped import shipped
from interview_coach.simulation import load_scenarios
from interview_coach.simulation import walk as walking
from interview_coach.simulation.walk import Failure, Walk, unreached

AT = datetime(2026, 3, 5, 14, tzinfo=UTC)
SPANISH = load_playbook(language="es")


def frame(**columns: Any) -> pd.DataFrame:
    made = {"client_id": ["c1", "c2"], "scheduled_at": [AT, AT], "timezone": ["Europe/London"] * 2}
    return pd.DataFrame({**made, **columns})


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param(
            {"shoe": [1, 2]}, "shoe: el registro no tiene este campo; quítala.", id="field"
        ),
        pytest.param(
            {"waited_minutes": [True, False]},
            "waited_minutes: hacen falta números enteros, y la columna contiene true y false.",
            id="kind",
        ),
        pytest.param(
            {"waited_minutes": [1441, 2]},
            "fila 0, waited_minutes: hace falta un número entero de 0 a 1.440.",
            id="number",
        ),
        pytest.param(
            {"notes": ["x" * 10_001, ""]},
            "fila 0, notes: el texto tiene más de 10.000 caracteres; acórtalo.",
            id="length",
        ),
        pytest.param(
            {"timezone": ["Europe/London", "Mars"]},
            "fila 1, timezone: esa zona horaria no existe; usa un nombre como 'Europe/London'.",
            id="zone",
        ),
    ],
)
def test_a_frame_that_does_not_fit(columns: dict[str, Any], expected: str) -> None:
    with speaking("es"):
        assert [str(fault) for fault in check_frame(frame(**columns))] == [expected]


def test_of_many_faults_of_a_frame_the_first_are_listed() -> None:
    faults = [FrameFault(row, "state", "esto hace falta") for row in range(1_022)]
    with speaking("es"):
        one, many = str(FrameError(faults[:1])), str(FrameError(faults)).splitlines()
    assert one == "No se añadió nada de la tabla: fila 0, state: esto hace falta."
    assert many[0] == "No se añadió nada de la tabla, por 1.022 motivos:"
    assert many[-1] == "- y 1.002 más."


def test_a_story_with_faults_lists_all_of_them() -> None:
    data = dict(SPANISH.scenarios["silent_phone"])
    offers = [dict(offer) for offer in data["offer"]]  # type: ignore[attr-defined]
    offers[0]["do"], offers[3]["until"] = "stay_clam", 400
    broken = {**data, "offer": offers, "source": ["A9"], "starts": "2026-02-30T14:00"}
    with speaking("es"), pytest.raises(PlaybookError) as told:
        load_scenarios(dataclasses.replace(SPANISH, scenarios={"one": broken}))
    text = str(told.value)
    for part in (
        "one, source: 'A9' no se conoce",
        "one, offer.do: 'stay_clam' no se conoce",
        "one, offer.until: espera hasta 400, más allá del final del caso (90); que termine antes.",
        "one, cue: no hay texto para 'stay_clam'; di qué nota la persona candidata.",
        "; da un día y una hora.",
    ):
        assert part in text, text


def test_what_a_walk_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    story = load_scenarios(SPANISH)["silent_phone"]
    with speaking("es"):
        assert str(Failure("silent_phone", "plain", 7, (), "no termina")) == (
            "silent_phone, nivel plain, semilla 7, después de nada: no termina"
        )
        missing = unreached(story, Walk("silent_phone"))
    assert missing
    assert all(one.startswith(("final '", "respuesta '")) for one in missing)
    # A process of its own speaks as the one that began it.
    monkeypatch.setattr("interview_coach.language._process", "en")
    monkeypatch.setattr(walking, "_walker", None)
    walking._begin(SPANISH, "es")
    assert current() == "es"


def _newer(folder: Path) -> None:
    with sqlite3.connect(folder / "rooms.db") as raw:
        raw.execute("PRAGMA user_version=99")
    raw.close()
    RoomsFile(folder / "rooms.db")


def _unknown(folder: Path) -> None:
    (folder / "coach.toml").write_text('language = "Klingon"', "utf-8")
    chosen({}, folder / "coach.toml")


@pytest.mark.parametrize(
    ("refused", "expected"),
    [
        pytest.param(
            _newer,
            "El archivo de las salas rooms.db lo hizo un Interview Coach más nuevo; instala el más nuevo.",
            id="a newer file of rooms",
        ),
        pytest.param(
            lambda folder: RoomsFile(folder / "none" / "rooms.db"),
            "El archivo de las salas rooms.db no se puede crear o abrir: no such file or directory; mira "
            "si se puede leer y escribir en su carpeta.",
            id="no folder for it",
        ),
        pytest.param(
            _unknown,
            "coach.toml, language: 'Klingon' no es un idioma del programa; usa 'en' (English) o 'es' "
            "(Español).",
            id="no such language",
        ),
        pytest.param(
            lambda folder: shipped("nothing"),
            "Esta instalación de Interview Coach no tiene 'nothing'; instálalo otra vez, desde un wheel "
            "o desde una copia completa del repositorio.",
            id="an installation with a hole",
        ),
        pytest.param(
            lambda folder: check_frame([]),  # type: ignore[arg-type]
            "Hace falta una tabla de pandas con llamadas, y aquí hay list; otras tablas tienen un método "
            "to_pandas.",
            id="no frame",
        ),
    ],
)
def test_what_is_refused(refused: Callable[[Path], object], expected: str, tmp_path: Path) -> None:
    with speaking("es"), pytest.raises(KitError) as told:
        refused(tmp_path)
    assert str(told.value) == expected


def test_what_the_doctor_says_of_a_teams_database(monkeypatch: pytest.MonkeyPatch) -> None:
    roles = Roles("x")
    found = {audit._LOOSE: ["calls"], audit._MEMBERS: ["ash"]}
    monkeypatch.setattr(audit, "roles_of", lambda connection: roles)
    monkeypatch.setattr(audit, "_names", lambda connection, query, **given: found.get(query, []))
    server = SimpleNamespace(
        exec_driver_sql=lambda query: SimpleNamespace(scalar=lambda: 0),
        execute=lambda query: [("ash", True)],
    )
    with speaking("es"):
        said = [says for _what, _ok, says in audit.audit(server)]  # type: ignore[arg-type]
    assert said == [
        "Hay miembros del equipo que lo ven todo, digan lo que digan las reglas: ash (superuser); "
        "quítales ese permiso (ALTER ROLE ... NOSUPERUSER NOBYPASSRLS).",
        "1 en el equipo. Ninguna regla rige para el propio servidor: ten claro quién tiene estos usuarios.",
        "La seguridad por filas no rige para calls; arréglalo con: interview-coach team init.",
    ]


def test_where_a_source_is_from_is_said_in_the_readers_language() -> None:
    assert SPANISH.sources["K1"].where == "Interview Coach: nuestra propia lectura"
    assert SPANISH.sources["kit"].where == "Interview Coach: nuestra propia lectura"
    assert SPANISH.sources["A1"].where == (
        "Alison Doyle, How to Handle a Missed Job Interview Call, actualizado el 3 de julio de 2017"
    )
    assert load_playbook(language="en").sources["K1"].where == "Interview Coach: our own reading"

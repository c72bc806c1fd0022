"""The terminal speaks the language that is chosen; what a program reads of it stays English."""

import argparse
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from interview_coach.app import health
from interview_coach.cli import _parser, main
from interview_coach.cli.doctor import _part
from interview_coach.cli.keeping import is_yes
from interview_coach.language import LOCALE, speaking, use
from interview_coach.outcomes.doctor import Finding

PACKAGE = Path(__file__).parents[2] / "interview_coach"
Out = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

ADVISE = [
    *("advise", "--caller", "interviewer", "--missed-by", "interviewer"),
    *("--scheduled", "2026-03-05T14:00", "--timezone", "Europe/London"),
    *("--now", "2026-03-05T14:07"),
]
CALL = [
    *("log", "add", "--client-id", "C-1", "--scheduled-at", "2026-03-05T14:00"),
    *("--timezone", "Europe/Madrid", "--state", "missed"),
    *("--missed-by", "interviewer_no_call"),
]
DRAFT = "Hello, this is Amara. You stood me up, and you should call me back at once."


@pytest.fixture(autouse=True)
def english_afterwards(tmp_path: Path, monkeypatch: Patch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "500")
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "es")
    yield
    use("en")


def run(capsys: Out, *argv: str) -> tuple[int, str, str]:
    try:
        code = main(argv)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, *capsys.readouterr()


def commands(parser: argparse.ArgumentParser | None = None) -> Iterator[list[str]]:
    """Every command and every command within one, as typed."""
    yield []
    for action in (parser or _parser())._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from ([name, *rest] for rest in commands(inner))


@cache
def english() -> list[str]:
    """Give what the catalogues translate of three words or more, without what is filled in."""
    found = set()
    for path in sorted((LOCALE / "es").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="es"):
                said, ids = message.string or "", message.id
                forms = (said,) if isinstance(said, str) else said
                for text in (ids,) if isinstance(ids, str) else ids:
                    for part in re.split(r"\{\w*(?:!r)?\}|%\(\w+\)[rs]|%[rs]|\n", text):
                        if len(re.findall(r"[A-Za-z’']{2,}", part)) > 2 and not any(
                            part.strip() in form for form in forms
                        ):
                            found.add(part.strip())
    return sorted(found)


def left_in_english(out: str) -> list[str]:
    return [text for text in english() if text in " ".join(out.split())]


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_help_page_is_spanish(capsys: Out, command: list[str]) -> None:
    code, out, _err = run(capsys, *command, "--help")
    assert code == 0
    assert out.startswith("uso: interview-coach")
    assert "mostrar esta ayuda y salir" in out
    assert not re.search(r"\b(?<!-)(usage|options|positional|show|the|of|if)\b", out)
    assert left_in_english(out) == []


def test_english_sentences_would_be_found(capsys: Out, monkeypatch: Patch) -> None:
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "en")
    assert len(left_in_english(run(capsys, "advise", "--help")[1])) > 5
    assert len(left_in_english(run(capsys, *ADVISE)[1])) > 5


def test_what_commands_print_is_spanish(capsys: Out) -> None:
    Path("draft.txt").write_text(DRAFT, "utf-8")
    Path("calls.csv").write_text(
        "Client,Date,Time,Status\nC-2,2026-03-15,10:00,completed\n", "utf-8"
    )
    given = ("--answer", "timezone=Europe/Madrid")
    for argv, expected in (
        (ADVISE, "Espera hasta: 14:15, y nunca más allá de: 15:00.\n"),
        (ADVISE, "\n14:15: Llama al número que te dieron\n"),
        (ADVISE, "F1 opina otra cosa: "),
        (["check", "--quick"], "todo cubierto.\n"),
        (["review", "email_no_answer", "draft.txt"], "Puede herir: «You stood me up"),
        (CALL, "Registrada como call-"),
        (["log", "list"], "cita "),
        (["log", "due"], "mensaje"),
        (["log", "stories"], "perdida, sin mensaje, sin cerrar"),
        (["import", "calls.csv", "--log", "outcomes.db", "--yes", *given], "Decidido sin pregun"),
        (["export", "out.csv"], "Se escribió en out.csv."),
        (["backup"], "La copia de seguridad está lista: "),
        (["doctor", "--log", "outcomes.db"], "  ok  copias de seguridad: "),
        (["measure", "--log", "outcomes.db", "--measure", "funnel"], "1/1  pocos casos: "),
        (["compare", "F1", "F2"], "Es una comparación según supuestos"),
    ):
        code, out, err = run(capsys, *argv)
        assert (code, err) == (0, ""), argv
        assert expected in out
        # What a draft may say is in the language of the draft.
        told = re.sub(r"(Añadir|En su lugar): .*", "", out)
        assert left_in_english(told) == [], argv


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        pytest.param(
            [*ADVISE, "--caller", "me"],
            "interview-coach advise: argumento --caller: 'me' no está entre las opciones (elige entre ",
            id="choice",
        ),
        pytest.param(
            [*ADVISE, "--attempts", "two"],
            "interview-coach advise: argumento --attempts: valor no válido (int): 'two'; mira ",
            id="number",
        ),
        pytest.param(
            [*ADVISE, "--nonsense"],
            "interview-coach: argumentos que no existen: --nonsense; mira ",
            id="unknown",
        ),
        pytest.param(
            [*ADVISE, "--now"],
            "interview-coach advise: argumento --now: necesita un valor; mira ",
            id="no value",
        ),
        pytest.param(
            ["check", "--quick=yes"],
            "interview-coach check: argumento --quick: no admite el valor 'yes'; mira ",
            id="a value too many",
        ),
        pytest.param(
            [*ADVISE, "--mis=1"],
            "interview-coach advise: opción ambigua: --mis=1 puede ser --missed-by, --miss; mira ",
            id="ambiguous",
        ),
        pytest.param([], "interview-coach: faltan estos argumentos: COMANDO; mira ", id="none"),
        pytest.param(
            ["erase", "C-1", "--house", "x"],
            "interview-coach: No hay ningún registro de resultados ",
            id="a refusal",
        ),
    ],
)
def test_what_is_wrong_is_one_spanish_sentence(capsys: Out, argv: list[str], says: str) -> None:
    code, out, err = run(capsys, *argv)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(says)
    assert left_in_english(err) == []


def test_what_a_program_reads_is_the_same_in_every_language(
    capsys: Out, monkeypatch: Patch
) -> None:
    assert run(capsys, *CALL)[0] == 0
    for argv in ([*ADVISE, "--json"], ["check", "--quick", "--json"], ["log", "list", "--json"]):
        spanish = run(capsys, *argv)[1]
        monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "en")
        assert run(capsys, *argv)[1] == spanish
        monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "es")
        assert json.loads(spanish)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A folder whose coach.toml says Spanish, on a computer that is well; the variable is not set."""
    monkeypatch.delenv("INTERVIEW_COACH_LANGUAGE")
    monkeypatch.setattr(health, "look_at_computer", lambda: [Finding("memory", True, "8 GB.")])
    monkeypatch.setattr(health, "look_at_folder", lambda _folder: [])
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "coach.toml").write_text('language = "es"\n', "utf-8")
    return tmp_path / "work"


def test_the_language_is_that_of_the_folder_or_of_the_work_folder_that_is_given(
    capsys: Out, work: Path, monkeypatch: Patch
) -> None:
    assert run(capsys, "doctor")[1].startswith("This computer:\n  ok  memory: ")
    assert run(capsys, "doctor", "work")[1].startswith("Este equipo:\n  ok  memoria: ")
    assert run(capsys, "doctor")[1].startswith("This computer:")
    assert run(capsys, "--help")[1].startswith("usage: ")
    monkeypatch.chdir(work)
    assert run(capsys, "doctor")[1].startswith("Este equipo:")
    assert run(capsys, "--help")[1].startswith("uso: ")
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "en")
    assert run(capsys, "doctor")[1].startswith("This computer:")


@pytest.mark.parametrize("argv", [["--help"], ["doctor"], ["doctor", "work"], ["new", "work"]])
def test_a_language_that_is_not_known_is_one_sentence(
    capsys: Out, work: Path, monkeypatch: Patch, argv: list[str]
) -> None:
    (work / "coach.toml").write_text('language = "tlh"\n', "utf-8")
    if "work" not in argv:
        monkeypatch.chdir(work)
    says = "'tlh' is not a language of the kit; use 'en' (English) or 'es' (Español).\n"
    assert run(capsys, *argv) == (2, "", f"interview-coach: coach.toml, language: {says}")
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "tlh")
    assert run(capsys, *argv) == (2, "", f"interview-coach: INTERVIEW_COACH_LANGUAGE: {says}")


def test_yes_is_typed_in_the_language_that_asks() -> None:
    assert is_yes(" Y ")
    assert is_yes("yes")
    assert not is_yes("sí")
    with speaking("es"):
        assert is_yes("Sí")
        assert is_yes("s")
        assert is_yes("y")
        assert not is_yes("")
        assert not is_yes("no")


def test_all_that_the_doctor_looks_at_has_its_name_in_spanish() -> None:
    code = "".join(
        (PACKAGE / file).read_text("utf-8")
        for file in ("app/health.py", "cli/doctor.py", "outcomes/doctor.py")
    )
    names = set(re.findall(r'Finding\(\s*"([^"]+)"', code)) - {"Python"}
    assert len(names) > 15
    with speaking("es"):
        assert [name for name in sorted(names) if _part(name) == name] == []


def test_a_policy_goes_by_its_key_and_by_what_the_sentences_call_it(capsys: Out) -> None:
    _, out, _ = run(capsys, "compare", "F4", "early")
    assert "F4: hablan" in out and "early («pronto»): hablan" in out
    assert "«pronto»; el mínimo" in out

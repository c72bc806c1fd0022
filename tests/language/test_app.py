"""What opening the kit says in the terminal, and what the doctor finds, in Spanish."""

import io
import json
import platform
import shutil
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from interview_coach import language
from interview_coach.app import health, sharing
from interview_coach.app.health import look_at_folder, packages
from interview_coach.app.lab import run_lab
from interview_coach.app.network import firewall, free_port
from interview_coach.app.serve import run_app
from interview_coach.app.serving import Serving
from interview_coach.app.sharing import Share, print_share, share_at
from interview_coach.app.workfolder import make_work_folder
from interview_coach.errors import KitError
from interview_coach.language import current, speaking
from interview_coach.shipped import shipped


@pytest.fixture
def spanish() -> Iterator[None]:
    with speaking("es"):
        yield


@pytest.mark.parametrize("run", [run_app, run_lab])
@pytest.mark.parametrize(
    ("settings", "environment", "expected"),
    [
        pytest.param("es", "", "Un puerto es un número de 1 a 65535, no -1", id="the folder's"),
        pytest.param("es", "en", "A port is a number from 1 to 65535, not -1", id="environment"),
        pytest.param("", "es", "Un puerto es un número de 1 a 65535, no -1", id="only that"),
        pytest.param("xx", "", "coach.toml, language: 'xx' is not a language", id="no language"),
    ],
)
def test_the_first_word_is_in_the_language_of_the_work_folder(
    run: Callable[..., int],
    settings: str,
    environment: str,
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(language, "_process", "en")  # put back afterwards
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", environment)
    if settings:
        (tmp_path / "coach.toml").write_text(f'language = "{settings}"', "utf-8")
    with pytest.raises(KitError, match=expected):
        run(tmp_path, port=-1, browser=False)


def test_a_folder_that_is_open_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(language, "_process", "en")
    (tmp_path / "coach.toml").write_text('language = "es"', "utf-8")
    monkeypatch.setattr(Serving, "found", lambda self, share: "http://127.0.0.1:1/?token=x")
    assert run_app(tmp_path, browser=False) == 0
    assert current() == "es"
    assert capsys.readouterr().out == (
        "Interview Coach ya está abierto en http://127.0.0.1:1/?token=x\n"
    )


@pytest.mark.usefixtures("spanish")
def test_what_is_shared_and_with_whom() -> None:
    out = io.StringIO()
    print_share(Share(("http://192.168.1.20:1/?token=x", "http://10.0.0.3:1/?token=x")), out)
    assert out.getvalue().splitlines() == [
        "",
        "Está compartido. En otro dispositivo de la misma red, abre",
        "  http://192.168.1.20:1/?token=x",
        "Este equipo está en más de una red. Desde las otras:",
        "  http://10.0.0.3:1/?token=x",
        "La página de inicio muestra el enlace como código QR.",
        "Quién puede llegar: quien esté en esta red y tenga el enlace. Es una llave: no se lo enseñes a "
        "nadie más.",
        "Qué pueden hacer: todo lo que puedes hacer tú en estas páginas. Leen y cambian tu registro de "
        "resultados, también los nombres de clientes; alguien con conocimientos podría ejecutar "
        "cualquier programa en este equipo con tu cuenta. Compártelo solo con personas a las que "
        "confiarías este equipo.",
        "Lo que pasa por ahí no va cifrado: compártelo en una red de confianza, no en una cafetería.",
        "Si un dispositivo no logra entrar: ¿está en la misma red? Una red wifi de invitados suele "
        "separar los dispositivos. Si este equipo tiene cortafuegos, debe dejar pasar a Python.",
        "Cada página que alguien tiene abierta ocupa de 100 a 200 MB de la memoria de este equipo. El "
        "enlace termina cuando cierras Interview Coach.",
    ]


@pytest.mark.usefixtures("spanish")
def test_a_port_that_is_taken_and_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KitError, match=rf"^El puerto {port} no se puede usar \("):
            free_port(port)
    monkeypatch.setattr(sharing, "addresses", list)
    with pytest.raises(KitError, match=r"^Este equipo no está en ninguna red, así que nadie más"):
        share_at(1, "x")


@pytest.mark.usefixtures("spanish")
def test_a_work_folder_is_made_brought_up_to_date_and_left(tmp_path: Path) -> None:
    work = tmp_path / "trabajo"
    names = sorted(file.name for file in shipped("notebooks").glob("*.ipynb"))
    assert make_work_folder(work) == [f"En {work} se puso: {', '.join(names)} y coach.toml."]
    assert make_work_folder(work) == [
        f"La carpeta de trabajo {work} está completa; no se cambió nada."
    ]
    manifest = work / ".interview-coach" / "manifest.json"
    (work / "coach.toml").write_text("# mine", "utf-8")
    manifest.write_text(json.dumps({"coach.toml": "an older one"}), "utf-8")
    assert make_work_folder(work) == [
        "Cambiaste coach.toml, así que se queda como está; ponle otro nombre al tuyo para tener el "
        "del programa."
    ]
    with pytest.raises(KitError) as told:
        make_work_folder(work / "coach.toml")
    assert str(told.value) == (
        f"{work / 'coach.toml'} es un archivo; indica una carpeta para tu trabajo, como "
        f"{work / 'coach.toml'}-work."
    )


@pytest.mark.usefixtures("spanish")
def test_the_doctor_looks_a_computer_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*given: object) -> object:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(metadata, "requires", lambda name: ["nothere>=1", 'typst; extra == "pdf"'])
    assert packages().says == (
        "Faltan o son demasiado antiguos: nothere >=1 (falta); instala Interview Coach otra vez "
        "(make setup, o pip install con constraints.txt)."
    )
    monkeypatch.setattr(metadata, "requires", lambda name: [])
    assert packages().says == (
        "Están todos los que hacen falta. Sin instalar, y solo hace falta para esto: PDF, cifrado, "
        "servidor de un equipo."
    )
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    monkeypatch.setattr(platform, "python_version", lambda: "3.10.2")
    assert health._python().says == (
        "Este es Python 3.10.2, y hace falta 3.11 o posterior: instálalo desde python.org."
    )
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=200_000_000))
    assert health._memory().says == (
        "Solo quedan 0,2 GB de memoria libres; cierra lo que no necesites."
    )
    monkeypatch.setattr(webbrowser, "get", none)
    assert health._browser().says.startswith("Aquí no se abre ninguno por sí solo")
    monkeypatch.setattr(
        shutil, "disk_usage", lambda folder: SimpleNamespace(free=1_234_500_000_000)
    )
    assert [one.says for one in look_at_folder(tmp_path)] == [
        f"{tmp_path} no es una carpeta de trabajo: indica la tuya (interview-coach doctor CARPETA), o "
        "crea una con interview-coach new CARPETA.",
        "Se puede escribir en la carpeta.",
        "Quedan 1234,5 GB libres en el disco.",
    ]


def test_of_a_firewall_what_stands_before_the_colon_is_said_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "ufw.conf"
    config.write_text("ENABLED=yes\n", "utf-8")
    monkeypatch.setattr(health, "addresses", lambda: ["192.168.1.20"])
    monkeypatch.setattr(health, "firewall", lambda port: firewall(port, config))
    assert health._network().says == (
        "With --share, others in the same network reach this computer at 192.168.1.20. The firewall "
        "of this computer (ufw) is on."
    )
    with speaking("es"):
        assert health._network().says == (
            "Con --share, otros en la misma red llegan a este equipo en 192.168.1.20. El cortafuegos "
            "de este equipo (ufw) está activado."
        )

"""The server's settings: this computer only, behind a token, with the Python that runs the kit."""

import socket
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import NoSuchKernel
from nbformat import v4

from interview_coach.app.kernels import OwnKernel
from interview_coach.app.lab import lab_config
from interview_coach.app.network import free_port
from interview_coach.app.page import (
    SAYABLE,
    has_panel,
    page_error,
    page_nav,
    page_style,
    page_title,
)
from interview_coach.app.serve import app_config, run_app
from interview_coach.errors import KitError


def test_the_kernel_is_this_python_whatever_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "kernels" / "python3"
    foreign.mkdir(parents=True)
    (foreign / "kernel.json").write_text('{"argv": ["/usr/bin/false"], "display_name": "Other"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    kernels = OwnKernel()
    assert kernels.get_kernel_spec("python3").argv[0] == sys.executable
    assert kernels.get_all_specs()["python3"]["spec"]["argv"][0] == sys.executable
    assert list(kernels.find_kernel_specs()) == ["python3"]
    with pytest.raises(NoSuchKernel):
        kernels.get_kernel_spec("ir")


@pytest.mark.parametrize("make", [app_config, lab_config])
def test_only_this_computer_and_only_with_the_token(make: object, tmp_path: Path) -> None:
    assert callable(make)
    made = make(tmp_path, port=8866, token="secret", browser=False)
    assert made.ServerApp.ip == "127.0.0.1"
    assert made.IdentityProvider.token == "secret"
    assert made.IdentityProvider.cookie_options["samesite"] == "Lax"
    assert made.ServerApp.tornado_settings["headers"]["Referrer-Policy"] == "same-origin"
    assert made.ServerApp.kernel_spec_manager_class is OwnKernel


def test_pages_leave_no_kernel_behind_and_no_terminal_open(tmp_path: Path) -> None:
    made = app_config(tmp_path, port=1, token="x", browser=False)
    assert made.MappingKernelManager.cull_interval > 0
    assert made.MappingKernelManager.cull_idle_timeout > 0
    assert made.KernelRestarter.restart_limit == 0
    assert made.ServerApp.terminals_enabled is False
    assert made.ServerApp.default_url == "/voila/render/00_start_here.ipynb"


def test_lab_opens_the_start_page_without_news(tmp_path: Path) -> None:
    made = lab_config(tmp_path, port=1, token="x", browser=False)
    assert made.ServerApp.default_url == "/lab/tree/00_start_here.ipynb"
    overrides = (Path(made.LabApp.app_settings_dir) / "overrides.json").read_text()
    assert '"fetchNews": "false"' in overrides


def test_a_free_port_is_found_and_a_taken_one_said() -> None:
    assert 1024 <= free_port() <= 65535
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KitError) as caught:
            free_port(port)
    assert str(caught.value) == (
        f"Port {port} cannot be used (Address already in use): Interview Coach may be open "
        "already. Leave --port out for a free one."
    )


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_said_before_anything_is_made(tmp_path: Path, port: int) -> None:
    with pytest.raises(KitError, match="A port is a number from 1 to 65535"):
        run_app(tmp_path / "work", port=port, browser=False)
    assert not (tmp_path / "work").exists()


def test_titles_and_bars_know_their_page() -> None:
    assert page_title("02_practice") == "Practise · Interview Coach"
    assert page_title("my_<notes>") == "my &lt;notes&gt; · Interview Coach"
    assert 'aria-current="page">Practise' in page_nav("02_practice")
    assert "aria-current" not in page_nav("mine")
    assert "--ic-blue" in page_style()


def test_a_page_says_a_kit_error_and_hides_a_traceback() -> None:
    known = v4.new_output("error", ename="KitError", evalue="<x> is no zone.", traceback=["secret"])
    other = v4.new_output("error", ename="ValueError", evalue="Amara", traceback=["secret"])
    assert "&lt;x&gt; is no zone." in page_error(known)
    assert "Amara" not in page_error(other)
    assert "Nothing that you saved is lost" in page_error(other)
    assert "secret" not in page_error(known) + page_error(other)


def test_every_kind_of_kit_error_is_said() -> None:
    # Loaded here, so that all of them are known.
    import interview_coach.outcomes
    import interview_coach.panels.compare_own
    import interview_coach.playbook  # noqa: F401

    kinds, found = [KitError], set()
    while kinds:
        kind = kinds.pop()
        if kind.__module__.startswith("interview_coach"):
            found.add(kind.__name__)
        kinds += kind.__subclasses__()
    assert found <= SAYABLE


def test_prose_is_left_out_only_beside_a_panel() -> None:
    prose = v4.new_markdown_cell("interview_coach.panels")
    panel = v4.new_code_cell("from interview_coach.panels.home import home_panel")
    assert has_panel(v4.new_notebook(cells=[prose, panel]))
    assert not has_panel(v4.new_notebook(cells=[prose]))


def test_nothing_that_a_page_is_made_of_names_another_host() -> None:
    import interview_coach.app as app
    from interview_coach.panels import kit

    for folder in (Path(str(app.__file__)).parent, Path(str(kit.__file__)).parent):
        for file in folder.rglob("*"):
            if file.suffix in {".js", ".css", ".j2", ".json", ".html"}:
                text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
                assert "http://" not in text, file
                assert "https://" not in text, file
                assert "url(//" not in text, file

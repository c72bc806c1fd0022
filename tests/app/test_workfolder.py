"""A work folder never loses what a coach changed."""

import json
import os
from pathlib import Path

import pytest

from interview_coach.app import workfolder
from interview_coach.app.workfolder import OWN, fingerprint, make_work_folder
from interview_coach.errors import KitError
from interview_coach.playbook import load_playbook
from interview_coach.shipped import shipped


def notebook(*sources: str, outputs: int = 0) -> str:
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"c{n}",
            "metadata": {},
            "source": [source],
            "execution_count": outputs or None,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["x"]}] * outputs,
        }
        for n, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit that ships two notebooks."""
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "00_start_here.ipynb").write_text(notebook("a"))
    (folder / "01_today.ipynb").write_text(notebook("b"))
    monkeypatch.setattr(workfolder, "shipped", lambda name: folder)
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "work"


def test_a_new_folder_gets_everything(kit: Path, work: Path) -> None:
    said = make_work_folder(work)
    assert said == [f"Put 00_start_here.ipynb, 01_today.ipynb and coach.toml into {work}."]
    assert (work / "01_today.ipynb").read_text() == notebook("b")
    assert make_work_folder(work) == [f"The work folder {work} is complete; nothing was changed."]


def test_what_the_coach_changed_stays(kit: Path, work: Path) -> None:
    make_work_folder(work)
    (work / "01_today.ipynb").write_text(notebook("b", "mine"))
    (work / "coach.toml").write_text("[playbook]\n")
    assert make_work_folder(work) == [f"The work folder {work} is complete; nothing was changed."]
    (kit / "01_today.ipynb").write_text(notebook("b2"))
    (kit / "00_start_here.ipynb").write_text(notebook("a2"))
    assert make_work_folder(work) == [
        "Brought 00_start_here.ipynb up to date; you had not changed them.",
        "You changed 01_today.ipynb, so it stays as it is; rename yours to get the kit's own.",
    ]
    assert (work / "01_today.ipynb").read_text() == notebook("b", "mine")
    assert (work / "00_start_here.ipynb").read_text() == notebook("a2")
    assert (work / "coach.toml").read_text() == "[playbook]\n"


def test_a_notebook_that_was_only_run_is_not_changed(kit: Path, work: Path) -> None:
    make_work_folder(work)
    (work / "01_today.ipynb").write_text(notebook("b", outputs=2))
    (kit / "01_today.ipynb").write_text(notebook("b2"))
    assert make_work_folder(work) == [
        "Brought 01_today.ipynb up to date; you had not changed them."
    ]


def test_the_prose_follows_the_language_but_where_the_coach_changed_it(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def title(name: str) -> str:
        return str(json.loads((work / name).read_text("utf-8"))["cells"][0]["source"][0]).strip()

    today, messages = "01_today.ipynb", "04_messages.ipynb"
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "es")
    make_work_folder(work)
    assert (title(today), title(messages)) == ("# Está pasando ahora", "# Mensajes")
    assert make_work_folder(work) == [f"The work folder {work} is complete; nothing was changed."]
    mine = (work / messages).read_text("utf-8").replace("# Mensajes", "# Mis mensajes")
    (work / messages).write_text(mine, "utf-8")
    monkeypatch.delenv("INTERVIEW_COACH_LANGUAGE")
    make_work_folder(work)
    assert (title(today), title(messages)) == ("# It is happening now", "# Mis mensajes")
    assert (work / today).read_bytes() == (shipped("notebooks") / today).read_bytes()
    # The folder's own settings say it too, and what the coach set there stays.
    (work / "coach.toml").write_text('language = "es"\n', "utf-8")
    make_work_folder(work)
    assert (title(today), title(messages)) == ("# Está pasando ahora", "# Mis mensajes")
    assert (work / messages).read_text("utf-8") == mine


def test_a_language_that_is_not_known_is_said_and_nothing_is_written(
    kit: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "tlh")
    with pytest.raises(KitError, match="'tlh' is not a language of the kit"):
        make_work_folder(work)
    assert not work.exists()


def test_a_file_that_was_there_before_is_the_coachs(kit: Path, work: Path) -> None:
    work.mkdir(parents=True)
    (work / "01_today.ipynb").write_text("not even a notebook")
    make_work_folder(work)
    assert (work / "01_today.ipynb").read_text() == "not even a notebook"


@pytest.mark.parametrize("text", ["", "[]", "{broken", '{"01_today.ipynb": 5}'])
def test_without_its_manifest_nothing_is_overwritten(kit: Path, work: Path, text: str) -> None:
    make_work_folder(work)
    (work / "01_today.ipynb").write_text(notebook("mine"))
    (work / OWN / "manifest.json").write_text(text)
    (kit / "01_today.ipynb").write_text(notebook("b2"))
    make_work_folder(work)
    assert (work / "01_today.ipynb").read_text() == notebook("mine")


def test_what_was_deleted_comes_back(kit: Path, work: Path) -> None:
    make_work_folder(work)
    (work / "01_today.ipynb").unlink()
    assert make_work_folder(work) == [f"Put 01_today.ipynb into {work}."]


def test_a_file_in_its_place_is_said(tmp_path: Path, kit: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("x")
    with pytest.raises(KitError) as caught:
        make_work_folder(file)
    assert str(caught.value) == (
        f"{file} is a file; name a folder for your work, such as {file}-work."
    )


def test_a_folder_below_a_file_is_said(tmp_path: Path, kit: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(
        KitError, match=r"cannot be written \(.*\); choose another one, or make room"
    ):
        make_work_folder(tmp_path / "notes.txt" / "work")


def test_no_half_written_file_is_left(
    kit: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KitError, match="No space left on device"):
        make_work_folder(work)
    assert [one.name for one in work.iterdir()] == [workfolder.OWN]


def test_the_starter_settings_hold_and_its_examples_too(tmp_path: Path) -> None:
    starter = Path(workfolder.__file__).parent / "coach.toml"
    assert load_playbook(starter).changed == ()
    # Every line that looks like a setting is switched on.
    lines = starter.read_text(encoding="utf-8").splitlines()
    on = [line[2:] if " = " in line or line.startswith("# [[") else line for line in lines]
    (tmp_path / "coach.toml").write_text("\n".join(on))
    changed = load_playbook(tmp_path / "coach.toml").changed
    assert {(one.by, one.rule) for one in changed} >= {
        ("F1", "call-the-number-given"),
        ("house", "call-the-number-given"),
    }


def test_a_fingerprint_sees_cells_and_tags_only() -> None:
    one, run, other = notebook("x"), notebook("x", outputs=3), notebook("y")
    assert fingerprint(one.encode()) == fingerprint(run.encode()) != fingerprint(other.encode())

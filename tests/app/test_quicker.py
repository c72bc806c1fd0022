"""What makes a page come sooner is the same page: the same templates, the same scripts."""

import re
from pathlib import Path
from typing import Any

import pytest
from voila import notebook_renderer
from voila.exporter import VoilaExporter
from voila.paths import collect_static_paths

from interview_coach.app import quicker
from interview_coach.app.quicker import (
    EXTENSIONS,
    PageExporter,
    page_scripts,
    use_page_exporter,
)


def test_templates_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def exporter() -> Any:
        made = PageExporter(template_name="lab")
        real = type(made.environment).compile

        def noted(self: Any, source: Any, *given: Any, **more: Any) -> Any:
            compiled.append(str(given[:1]))
            return real(self, source, *given, **more)

        monkeypatch.setattr(made.environment, "compile", noted.__get__(made.environment))
        return made

    monkeypatch.setattr(quicker, "_COMPILED", quicker._InMemory())
    first = exporter().environment.from_string("{{ 1 + 1 }}").render()
    exporter().environment.get_template("index.html.j2")
    many = len(compiled)
    exporter().environment.get_template("index.html.j2")
    assert first == "2"
    assert len(compiled) == many


def test_voila_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook_renderer, "VoilaExporter", VoilaExporter)
    use_page_exporter()
    assert notebook_renderer.VoilaExporter is PageExporter


def test_the_one_file_holds_every_part_that_voila_s_script_would_ask_for() -> None:
    folder = next(
        path
        for path in map(Path, collect_static_paths(["voila", "nbconvert"], "lab"))
        if (path / "voila.js").is_file()
    )
    script = quicker._parts()
    parts = [one for one in folder.glob("*.voila.js") if one.read_bytes() in script.text]
    assert len(parts) > 40
    # Each only enters itself into a list that the main script reads when it comes.
    for one in parts:
        assert re.search(rb"self\.webpackChunk\w*\s*=\s*self\.webpackChunk", one.read_bytes()[:400])


def test_a_voila_of_another_making_asks_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "voila.js").write_text("import('./x.js')")
    monkeypatch.setattr(quicker, "collect_static_paths", lambda *given: [str(tmp_path)])
    quicker._parts.cache_clear()
    try:
        assert page_scripts("/") == ""
    finally:
        quicker._parts.cache_clear()


def test_the_head_names_the_file_and_the_extensions_escaped() -> None:
    config = {"federated_extensions": [{"name": 'a"><script>', "load": "./static/remote.js"}]}
    said = page_scripts("/base/", config)
    assert re.search(
        r'<script async src="/base/interview-coach/scripts/\w{20}\.js"></script>', said
    )
    assert "/base/voila/labextensions/a&quot;&gt;&lt;script&gt;/static/remote.js" in said
    assert "anywidget" in EXTENSIONS

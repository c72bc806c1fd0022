"""Text that tries to run a script, wherever it comes from, stays text: on every page and in every file.

What is typed into fields and read from files that are brought in is tried by `test_every_button`; here
it is what stands already in the house rules, the policies, the desk and the log, and what is written.
"""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.panels.compare import compare_panel
from interview_coach.panels.explore import explore_panel
from interview_coach.panels.home import home_panel
from interview_coach.panels.log import log_panel
from interview_coach.panels.messages import messages_panel
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.today import today_panel
from interview_coach.panels.workshop import workshop_panel
from interview_coach.reports import make_report
from tests.marked import ATTACK, mark_folder
from tests.panels.driving import inside, press, visible
from tests.panels.reading import live_in
from tests.panels.walking import walk

NOW = {"timezone": "Europe/London", "now": "2026-03-05T14:20"}
LOG: dict[str, Any] = {"log": "outcomes.db", "as_of": "2026-04-01"}

PANELS: dict[str, tuple[Callable[[], Any], int]] = {
    "home": (lambda: home_panel(now="2026-03-09T10:00", timezone="Europe/London"), 2),
    "today": (lambda: today_panel(**NOW, desk="desk.json"), 25),
    "messages": (lambda: messages_panel(**NOW, desk="desk.json"), 20),
    "practice": (lambda: practice_panel(seed=3, level="guided"), 25),
    "workshop": (workshop_panel, 30),
    "log": (lambda: log_panel(timezone="Europe/London", desk="desk.json"), 40),
    "explore": (lambda: explore_panel(**LOG, desk="desk.json"), 12),
    "compare": (lambda: compare_panel(desk="desk.json"), 8),
}


@pytest.mark.parametrize("panel", PANELS)
def test_what_stands_there_already_stays_text(panel: str) -> None:
    make, most = PANELS[panel]

    def marked() -> Any:
        mark_folder(Path.cwd())
        return make()

    found = walk(marked, "hostile", most)
    assert not found.faults, "\n".join(found.faults)
    # It was there to be seen, or nothing has been tried; the home page only counts calls.
    assert any(ATTACK in one for one in found.words) or panel == "home"


def test_live_markup_is_found_where_there_is_some() -> None:
    assert live_in("<p>Ms <b>Mahoney</b> &lt;img onerror=x&gt;</p>") == []
    assert live_in(f'<p title="{ATTACK}">') == ["<img onerror='window.__xss=1'>"]
    assert live_in("<a href='java\tscript:x'>a</a><script>x</script>") == [
        "<a href='java\\tscript:x'>",
        "<script>",
    ]


def test_a_report_of_a_marked_log_holds_it_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mark_folder(tmp_path)
    files = make_report(tmp_path / "out", title=f"Report {ATTACK}", formats=["html"], **LOG)
    text = files[0].read_text(encoding="utf-8")
    body = re.sub(r"<(style|head)>.*?</\1>", "", text, flags=re.DOTALL)
    assert [one for one in live_in(body) if not one.startswith(("<link", "<meta"))] == []
    assert "&gt;&lt;img src=x onerror" in body


def test_a_handout_of_a_marked_group_holds_it_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mark_folder(tmp_path)
    page = workshop_panel()
    label = next(one for one in visible(page) if isinstance(one, widgets.Text))
    label.value = ATTACK
    press(page, "First workshop: four calls (60 minutes)")
    press(page, "Begin")
    press(page, "Call the number she gave you")
    press(page, "Reveal")
    press(page, "Play on to the end")
    press(page, "All calls")
    press(page, "Debrief of all")
    press(page, "Make the handout")
    markup = " ".join(str(one.value) for one in inside(page) if isinstance(one, widgets.HTML))
    [link] = re.findall(r'href="data:text/html;base64,([^"]+)"', markup)
    text = base64.b64decode(link).decode("utf-8")
    assert [one for one in live_in(text) if not one.startswith("<meta")] == []
    assert "&lt;img src=x onerror" in text

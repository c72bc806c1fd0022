"""The page of policies is whole in Spanish: what it finds, what it asks, what it draws, and what was wrong."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from interview_coach.comparing import SCENARIOS, load_policies, short_name
from interview_coach.language import speaking, use
from interview_coach.panels.compare import compare_panel
from interview_coach.panels.compare_model import CompareModel, policy_name
from interview_coach.panels.compare_own import DraftError
from interview_coach.panels.compare_turns import map_of
from interview_coach.playbook import PlaybookError, load_playbook
from interview_coach.simulation import load_scenarios
from interview_coach.wording import signed, three_digits
from tests.language.showing import alike, shown

Pages = tuple[Any, Any]

ELSEWHERE = {"Interview Coach"}  # the kit's name


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    use("en")


def in_both(monkeypatch: pytest.MonkeyPatch, **given: Any) -> Pages:
    """Open the page in both languages."""
    pages = []
    for code in ("en", "es"):
        monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", code)
        pages.append(compare_panel(**given))
    return pages[0], pages[1]


def both(pages: Pages, do: Callable[[Any], object]) -> list[str]:
    """Do the same on both pages, each in its language; give what reads alike then."""
    for page, code in zip(pages, ("en", "es"), strict=True):
        with speaking(code):
            do(page.body.children[0])
    return [text for text in alike(*pages) if text not in ELSEWHERE]


def opened(page: Any) -> None:
    page._which.turn(True)
    for fold in (page._from_log, *(one.fold for one in _folds(page))):
        fold.turn(True)


def put(where: tuple[str, ...], value: Any, page: Any) -> None:
    """Choose something in a field of the page."""
    for name in where:
        page = page[name] if isinstance(page, dict) else getattr(page, name)
    page.value = value


def _folds(page: Any) -> tuple[Any, ...]:
    return page.assumed, page.change, page.new, page.story, page.runs


@pytest.mark.parametrize("scenario", list(SCENARIOS)[:4])
def test_nothing_english_is_left_on_the_page(
    scenario: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = in_both(monkeypatch, scenario=scenario)

    assert both(pages, opened) == []


def test_each_group_of_assumptions_and_each_figure_is_in_spanish(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = in_both(monkeypatch)
    assert both(pages, opened) == []
    for group in [value for _words, value in pages[0].body.children[0].assumed.group.input.options]:
        assert both(pages, partial(put, ("assumed", "group"), group)) == []
    for figure in ("connected", "waiting_minutes", "calls", "goodwill"):
        assert both(pages, partial(put, ("change", "fields", "figure"), figure)) == []


def test_what_was_typed_is_answered_in_spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = in_both(monkeypatch)
    both(pages, opened)

    def type_in(page: Any) -> None:
        for field, text in zip(page.assumed.fields.values(), ("-1", "many", "7"), strict=False):
            field.value = text
        page.runs.runs.value = "0"
        page.runs._begin()
        page.story.number.value = "-2"
        page.story._tell()

    assert both(pages, type_in) == []


def test_a_run_and_a_story_are_told_in_spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = in_both(monkeypatch)

    def simulate(page: Any) -> None:
        opened(page)
        page.runs.runs.value = "5000"
        page.runs._begin()
        page.runs.work.join()
        page.story._tell()

    assert both(pages, simulate) == []
    assert any(text.startswith("5.000 entrevistas simuladas") for text in shown(pages[1]))


def test_digits_are_grouped_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = in_both(monkeypatch)

    for page, code, text in zip(pages, ("en", "es"), ("12,000", "12.000"), strict=True):
        with speaking(code):
            runs = page.body.children[0].runs
            runs.runs.value = text
            assert runs._whole(runs.runs, 1, 1_000_000) == 12_000


@pytest.mark.parametrize(
    "draft",
    [
        {"name": "x", "call": "", "again": "1", "hold": "soon"},
        {"name": "guidance", "call": "9", "again": "8"},
        {"name": "Late and late", "call": "15", "hold": "3"},
        {"name": "Twice at once", "call": "15", "again": "16", "email": "90"},
        {"name": "Nothing then", "check": "check_time"},
    ],
)
def test_a_policy_that_is_none_is_refused_in_spanish(draft: dict[str, str]) -> None:
    said = []
    for code in ("en", "es"):
        with speaking(code):
            model = CompareModel()
            model.draft(**draft)
            with pytest.raises(DraftError) as refused:
                model.add()
            said.append({str(refused.value), *refused.value.fields.values()})

    assert not said[0] & said[1]
    assert len(said[0]) == len(said[1])


WRONG = """
[[policy]]
id = "mine"
says = "Mine"
steps = [
  { do = "sing", at = 5 }, { do = "call" }, { do = "call", noticed = "sing" },
  { do = "call", at = -2 }, { do = "send_email", at = 20 }, { do = "send_email", at = 21 },
]
"""


def test_the_faults_of_a_file_are_in_spanish(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(WRONG, encoding="utf-8")
    said = []
    for code in ("en", "es"):
        with speaking(code):
            playbook = load_playbook()
            scenario = load_scenarios(playbook)["silent_phone"]
            with pytest.raises(PlaybookError) as refused:
                load_policies(playbook, scenario, tmp_path / "mine.toml")
            said.append(refused.value.faults)

    assert len(said[0]) == len(said[1]) > 4
    for one, other in zip(*said, strict=True):
        assert (one.wrong != other.wrong, one.remedy != other.remedy) == (True, True)


def test_policies_keep_their_ids_and_are_named_in_spanish() -> None:
    with speaking("es"):
        shipped = CompareModel().policies
        names = {key: policy_name(policy) for key, policy in shipped.items()}

    assert names["guidance"] == "La guía"
    assert names["wait-only"].startswith("solo esperar: ")
    assert names["F1"].startswith("F1: ")
    assert short_name("wait-only") == "wait-only"


def test_the_axes_of_a_map_are_in_the_digits_of_the_language() -> None:
    drawn = []
    for code in ("en", "es"):
        with speaking(code):
            figure = map_of(CompareModel(), "guidance", "wait-only").figure
            ticks = [*figure.axes[0].get_xticklabels(), *figure.axes[0].get_yticklabels()]
            drawn.append([tick.get_text() for tick in ticks])

    assert [text.replace(",", ".") for text in drawn[1]] == drawn[0]
    assert any("," in text for text in drawn[1])


@pytest.mark.parametrize(
    ("value", "said", "plain"),
    [(-1.25, "-1,2", "-1,25"), (2, "+2,0", "2"), (0.2549, "+0,3", "0,255"), (0, "+0,0", "0")],
)
def test_differences_and_what_is_typed_have_the_digits_of_the_language(
    value: float, said: str, plain: str
) -> None:
    with speaking("es"):
        assert (signed(value, 1), three_digits(value)) == (said, plain)
    assert (signed(value, 1), three_digits(value)) == (f"{value:+.1f}", f"{value:.3g}")

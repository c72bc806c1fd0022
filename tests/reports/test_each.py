"""A report for each group: in real processes, some of which fail, die or are interrupted."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.reports import each as module
from interview_coach.reports.each import Each, make_each
from interview_coach.reports.question import Question
from interview_coach.reports.reading import Data
from interview_coach.reports.workers import Job, Outcome, all_done
from tests.reports import makers

ROOT = Path(__file__).resolve().parents[2]
QUESTION = Question(as_of="2026-06-30")
Run = Callable[..., Each]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Make a report for each group of some data; in this process, unless it is to be `real`."""

    def make(
        given: Data,
        question: Question = QUESTION,
        column: str = "cohort",
        *,
        real: bool = False,
        **more: Any,
    ) -> Each:
        monkeypatch.setattr(module, "data_of", lambda _: given)
        monkeypatch.setattr(module, "all_done", all_done if real else here)
        return make_each(question, column, tmp_path / "out", **{"make": makers.plain, **more})

    return make


def here(
    do: Callable[..., Any], jobs: Iterable[tuple[str, Job]], workers: int
) -> Generator[tuple[str, Outcome]]:
    for key, job in jobs:
        yield key, Outcome(do(*job))


def written(folder: Path) -> dict[str, str]:
    """What lies in a folder, by path; what is being made would show."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(re.sub("<style>.*?</style>", "", text, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if (tag, name) == ("a", "href")]

    def handle_data(self, data: str) -> None:
        self.words += data


def page(each: Each) -> Page:
    return Page(each.index.read_text(encoding="utf-8"))


def test_each_group_gets_its_own_calls_and_a_place_on_the_page(run: Run, tmp_path: Path) -> None:
    given = makers.data(["Spring", "Autumn", None, "Spring"])
    each = run(given, formats=("html", "pdf"), real=True)
    out = tmp_path / "out"
    assert each.made == {
        "Autumn": out / "autumn",
        "Spring": out / "spring",
        "not recorded": out / "not-recorded",
    }
    assert (each.kept, each.failed) == ({}, {})
    files = written(out)
    assert sorted(files) == sorted(
        [".reports.json", "index.html"]
        + [
            f"{folder}/{name}"
            for folder in ("autumn", "not-recorded", "spring")
            for name in ("figures/one.svg", "outcome_report.html", "outcome_report.pdf")
        ]
    )
    assert files["spring/outcome_report.html"].startswith("cohort=Spring: 4 calls")
    assert files["not-recorded/outcome_report.html"].startswith("cohort=not recorded: 2 calls")
    makers_of = {
        text.rpartition(" ")[2] for name, text in files.items() if "outcome_report" in name
    }
    assert str(os.getpid()) not in makers_of
    shown = page(each)
    assert [unquote(link) for link in shown.links][:2] == [
        "autumn/outcome_report.html",
        "autumn/outcome_report.pdf",
    ]
    assert all((out / unquote(link)).is_file() for link in shown.links)
    assert "Ready: 3 of 3." in shown.words
    assert "4 calls of cohort=Spring" in shown.words


def test_a_second_run_keeps_what_is_still_right(run: Run, tmp_path: Path) -> None:
    given = makers.data(["Spring", "Autumn", "Winter"])
    run(given)
    before = written(tmp_path / "out")
    again = run(given)
    assert (list(again.kept), again.made) == (["Autumn", "Spring", "Winter"], {})
    assert written(tmp_path / "out") == before
    # In another order they are the same calls.
    backwards = replace(given, calls=given.calls.iloc[::-1].reset_index(drop=True))
    assert not run(backwards).made


def test_only_what_changed_is_made_anew(run: Run, tmp_path: Path) -> None:
    run(makers.data(["Spring", "Autumn"]))
    calls = makers.data(["Spring", "Autumn"]).calls
    calls.loc[calls["cohort"] == "Spring", "state"] = "missed"
    each = run(Data(calls, "Calls from a test."))
    assert (list(each.made), list(each.kept)) == (["Spring"], ["Autumn"])
    # A group that is new, with a name like another's, takes nobody's folder.
    more = pd.concat([calls, makers.data(["AUTUMN!"]).calls], ignore_index=True)
    each = run(Data(more, "Calls from a test."))
    assert each.made == {"AUTUMN!": tmp_path / "out" / "autumn-2"}
    assert list(each.kept) == ["Autumn", "Spring"]


@pytest.mark.parametrize(
    ("question", "formats"),
    [
        (Question(as_of="2026-06-30", days=7), ("html",)),
        (Question(as_of="2026-07-01"), ("html",)),
        (QUESTION, ("html", "pdf")),
    ],
)
def test_another_question_makes_all_anew(
    run: Run, question: Question, formats: tuple[str, ...]
) -> None:
    run(makers.data(["Spring"]))
    assert list(run(makers.data(["Spring"]), question, formats=formats).made) == ["Spring"]


def test_where_the_log_lies_makes_no_difference(run: Run) -> None:
    run(makers.data(["Spring"]), replace(QUESTION, log="a.db"))
    assert not run(makers.data(["Spring"]), replace(QUESTION, log="b.db")).made


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_report_that_somebody_harmed_is_made_anew(run: Run, harm: str) -> None:
    (folder,) = run(makers.data(["Spring"])).made.values()
    file = folder / "outcome_report.html"
    if harm == "change":
        file.write_text("Everything was fine.")
    else:
        file.unlink()
    assert list(run(makers.data(["Spring"])).made) == ["Spring"]
    assert file.read_text().startswith("cohort=Spring")


def test_what_fails_or_dies_stops_no_other(run: Run, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    cohorts = ["a dies", "b", "c unreadable", "d broken", "e dies", "f", "g"]
    each = run(
        makers.data(cohorts),
        make=makers.careful,
        real=True,
        progress=lambda done, of, words: steps.append((done, of)),
    )
    assert sorted(each.made) == ["b", "f", "g"]
    ended = each.failed.pop("a dies")
    assert each.failed.pop("e dies") == ended
    assert re.fullmatch(
        r"The process that was making it was ended from outside \((signal 9|code \d+)\), perhaps for "
        "want of memory; run the same again to make it.",
        ended,
    )
    assert each.failed == {
        "c unreadable": "The clients' file cannot be read; look whether it is there.",
        "d broken": "The kit failed (ValueError).",
    }
    assert steps == [(done, 7) for done in range(8)]
    out = tmp_path / "out"
    assert {path.name for path in out.iterdir()} == {"b", "f", "g", "index.html", ".reports.json"}
    shown = page(each)
    assert "Ready: 3 of 7." in shown.words
    assert "c unreadable: The clients' file cannot be read" in shown.words
    assert "0151" not in "".join(written(out).values())
    # The next run makes the ones that failed.
    assert sorted(run(makers.data(cohorts)).made) == [
        "a dies",
        "c unreadable",
        "d broken",
        "e dies",
    ]


@pytest.mark.skipif(
    os.name == "nt", reason="Windows has no signal for all of a terminal's processes"
)
def test_interrupted_it_leaves_what_is_finished_and_the_next_run_goes_on(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    program = (
        "import signal\n"
        "from tests.reports import makers\n"
        "from tests.reports.test_each import QUESTION, module\n"
        "if __name__ == '__main__':\n"
        # Started in the background of a shell, it would be deaf to Ctrl+C, and so would the tests be.
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    cohorts = ['1 quick', '2 quick', '3', '4', '5']\n"
        "    module.data_of = lambda _: makers.data(cohorts)\n"
        f"    module.make_each(QUESTION, 'cohort', {str(out)!r}, make=makers.slow)\n"
    )
    script = tmp_path / "interrupted.py"
    script.write_text(program)
    started = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        patience = time.monotonic() + 60
        quick = [out / "1-quick", out / "2-quick"]
        while not all(one.is_dir() for one in quick) or not list(out.glob(".making-*/[2-4]")):
            assert started.poll() is None and time.monotonic() < patience
            time.sleep(0.02)
        # To every process of its terminal, as Ctrl+C does.
        os.killpg(started.pid, signal.SIGINT)
        _, said = started.communicate(timeout=60)
    finally:
        started.kill()
        started.communicate()
    assert said.strip().endswith("KeyboardInterrupt")
    assert said.count("Traceback") == 1
    names = {path.name for path in out.iterdir()}
    assert names == {"1-quick", "2-quick", "index.html", ".reports.json"}
    shown = Page((out / "index.html").read_text(encoding="utf-8"))
    assert "Ready: 2 of 5." in shown.words
    assert "Not made yet" in shown.words
    each = run(makers.data(["1 quick", "2 quick", "3", "4", "5"]))
    assert list(each.kept) == ["1 quick", "2 quick"]
    assert sorted(each.made) == ["3", "4", "5"]


def test_a_run_that_was_killed_leaves_nothing_that_is_taken_for_a_report(
    run: Run, tmp_path: Path
) -> None:
    run(makers.data(["Spring"]))
    out = tmp_path / "out"
    (out / ".making-x" / "0").mkdir(parents=True)
    (out / ".making-x" / "0" / "outcome_report.html").write_text("half a rep")
    # Listed, but not yet in its place.
    kept = json.loads((out / ".reports.json").read_text())
    kept["reports"]["cohort=Autumn"] = {
        **kept["reports"]["cohort=Spring"],
        "group": "Autumn",
        "folder": "autumn",
    }
    (out / ".reports.json").write_text(json.dumps(kept))
    each = run(makers.data(["Spring", "Autumn"]))
    assert (list(each.kept), list(each.made)) == (["Spring"], ["Autumn"])
    assert not list(out.glob(".making-*"))


def test_a_folder_of_somebody_elses_is_left_alone(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "out" / "spring" / "own.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    assert run(makers.data(["Spring"])).made == {"Spring": tmp_path / "out" / "spring-2"}
    assert own.read_text() == "mine"


@pytest.mark.parametrize("list_of", ["{", "[]", '{"reports": {"a": {}}}'])
def test_a_list_that_cannot_be_read_is_told(run: Run, tmp_path: Path, list_of: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".reports.json").write_text(list_of)
    with pytest.raises(KitError, match=r"^The list of reports .* move it away, or name another"):
        run(makers.data(["Spring"]))


def test_a_list_that_leads_elsewhere_is_not_followed(run: Run, tmp_path: Path) -> None:
    run(makers.data(["Spring"]))
    file = tmp_path / "out" / ".reports.json"
    file.write_text(file.read_text().replace('"spring"', '"../elsewhere"'))
    with pytest.raises(KitError, match="move it away"):
        run(makers.data(["Spring"]))


def test_very_many_groups_that_are_called_alike(run: Run) -> None:
    cohorts = [f"Spring {'!' * number}" for number in range(198)]
    each = run(makers.data([*cohorts, "<script>alert(1)</script>", "CON"], each=1))
    folders = [path.name for path in each.made.values()]
    assert len(set(folders)) == 200
    assert {"spring", "spring-198", "script-alert-1-script", "con-x"} <= set(folders)
    shown = page(each)
    assert len(shown.links) == 200
    assert "script" not in shown.tags


def test_a_report_for_each_of_too_many_is_refused(run: Run, tmp_path: Path) -> None:
    with pytest.raises(KitError) as caught:
        run(makers.data([f"Group {number}" for number in range(1201)], each=1))
    assert str(caught.value) == (
        "A report for each cohort would be 1,201 reports, and at most 200 are made at once; choose "
        "a column with fewer groups, or --only for one of them."
    )
    assert not (tmp_path / "out").exists()


def test_groups_that_have_gone_are_not_made_and_not_removed(run: Run) -> None:
    run(makers.data(["Spring", "Autumn"]))
    each = run(makers.data(["Spring"]))
    shown = page(each)
    assert "Ready: 1 of 1." in shown.words
    assert "Left from earlier runs" in shown.words
    assert "autumn/outcome_report.html" in shown.links


def test_the_list_holds_no_call_and_no_client(run: Run, tmp_path: Path) -> None:
    run(makers.data(["Spring"]))
    kept = (tmp_path / "out" / ".reports.json").read_text()
    assert "client-" not in kept and "interview-" not in kept
    assert set(json.loads(kept)["reports"]["cohort=Spring"]) == {
        *("group", "folder", "formats", "finding", "fingerprint", "files"),
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"question": Question(only="coach=Ann")},
            "A report for each cohort cannot be of coach=Ann",
        ),
        (
            {"question": Question(view="funder"), "column": "client_id"},
            "A funder cannot have a report for each 'client_id', which may point to a person;",
        ),
        ({"column": "notes"}, "Notes are for you alone"),
        ({"column": "mood"}, "There is no"),
        ({"workers": 0}, "0 reports at a time are none; give a number from 1."),
        ({"formats": ("docx",)}, "There is no format 'docx'"),
        ({"given": makers.data([])}, "There are no calls to make reports of;"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(
    run: Run, tmp_path: Path, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(KitError) as caught:
        run(**{"given": makers.data(["Spring"]), **given})
    assert str(caught.value).startswith(says)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_cannot_start_is_told(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def gone() -> None:
        """Stand for a function that is known here, and that a new process does not find."""

    gone.__module__, gone.__qualname__ = "tests.reports.makers", "gone"
    monkeypatch.setattr(makers, "gone", gone, raising=False)
    with pytest.raises(KitError, match=r"^A second Python, which was to make the reports, ended"):
        list(all_done(gone, [("a", ()), ("b", ())], 2))
    assert "AttributeError" in capfd.readouterr().err

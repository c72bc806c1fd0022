"""In a module that is finished, no words for people stand unmarked."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "interview_coach"

# Modules (or folders) in which every text is marked. It grows until it holds the whole package.
FINISHED = (
    "advice.py",
    "app/guides.py",
    "app/help.py",
    "app/page.py",
    "app/room",
    "charts/across.py",
    "charts/association.py",
    "charts/causes.py",
    "charts/chart.py",
    "charts/comparison.py",
    "charts/curve.py",
    "charts/figures.py",
    "charts/finding.py",
    "charts/funnel.py",
    "charts/marks.py",
    "charts/markup.py",
    "charts/multiples.py",
    "charts/pairs.py",
    "charts/paper.py",
    "charts/patterns.py",
    "charts/periods.py",
    "charts/policies.py",
    "charts/rates.py",
    "charts/rows.py",
    "charts/skills.py",
    "charts/turns.py",
    "charts/waiting.py",
    "comparing",
    "measures",
    "messages/fill.py",
    "messages/handover.py",
    "messages/invitation.py",
    "messages/invitation_reading.py",
    "messages/invitation_repeats.py",
    "messages/languages.py",
    "messages/numbers.py",
    "messages/review/faults.py",
    "messages/review/reviewing.py",
    "messages/settled.py",
    "messages/typed_clocks.py",
    "messages/typed_days.py",
    "messages/typed_invitation.py",
    "mixups.py",
    "outcomes/__init__.py",
    "outcomes/acts.py",
    "outcomes/address.py",
    "outcomes/attempts.py",
    "outcomes/backups.py",
    "outcomes/checking.py",
    "outcomes/cipher.py",
    "outcomes/columns.py",
    "outcomes/database.py",
    "outcomes/doctor.py",
    "outcomes/encrypting.py",
    "outcomes/erasing.py",
    "outcomes/exporting.py",
    "outcomes/files.py",
    "outcomes/history.py",
    "outcomes/house.py",
    "outcomes/importing/answers.py",
    "outcomes/importing/asking.py",
    "outcomes/importing/bulk.py",
    "outcomes/importing/cells.py",
    "outcomes/importing/delimited.py",
    "outcomes/importing/events.py",
    "outcomes/importing/guessing.py",
    "outcomes/importing/importer.py",
    "outcomes/importing/interpret.py",
    "outcomes/importing/mapping.py",
    "outcomes/importing/mapping_file.py",
    "outcomes/importing/parquet.py",
    "outcomes/importing/proposal.py",
    "outcomes/importing/reading.py",
    "outcomes/importing/rejects.py",
    "outcomes/importing/returning.py",
    "outcomes/importing/synonyms.py",
    "outcomes/importing/table.py",
    "outcomes/importing/workbook.py",
    "outcomes/lookups.py",
    "outcomes/model.py",
    "outcomes/moments.py",
    "outcomes/opened.py",
    "outcomes/people.py",
    "outcomes/queries.py",
    "outcomes/reader.py",
    "outcomes/refusals.py",
    "outcomes/retention.py",
    "outcomes/snapshot.py",
    "outcomes/store.py",
    "outcomes/team/login.py",
    "outcomes/undoing.py",
    "outcomes/upkeep.py",
    "outcomes/workshops.py",
    "outcomes/writing.py",
    "panels/choices.py",
    "panels/compare.py",
    "panels/compare_assumed.py",
    "panels/compare_change.py",
    "panels/compare_choice.py",
    "panels/compare_files.py",
    "panels/compare_model.py",
    "panels/compare_new.py",
    "panels/compare_own.py",
    "panels/compare_runs.py",
    "panels/compare_saved.py",
    "panels/compare_story.py",
    "panels/compare_turns.py",
    "panels/desk.py",
    "panels/draft_model.py",
    "panels/draft_send.py",
    "panels/draft_view.py",
    "panels/drawing.py",
    "panels/explore.py",
    "panels/explore_choice.py",
    "panels/explore_coverage.py",
    "panels/explore_kept.py",
    "panels/explore_model.py",
    "panels/hand_on.py",
    "panels/home.py",
    "panels/kit",
    "panels/log.py",
    "panels/log_back.py",
    "panels/log_clients.py",
    "panels/log_due.py",
    "panels/log_edit.py",
    "panels/log_entry_model.py",
    "panels/log_export.py",
    "panels/log_fields.py",
    "panels/log_find.py",
    "panels/log_import.py",
    "panels/log_import_ask.py",
    "panels/log_import_model.py",
    "panels/log_list.py",
    "panels/log_model.py",
    "panels/log_new.py",
    "panels/log_story.py",
    "panels/log_words.py",
    "panels/messages.py",
    "panels/messages_model.py",
    "panels/practice.py",
    "panels/practice_alongside.py",
    "panels/practice_call.py",
    "panels/practice_choice.py",
    "panels/practice_debrief.py",
    "panels/practice_handed.py",
    "panels/practice_kept.py",
    "panels/practice_model.py",
    "panels/progress.py",
    "panels/today.py",
    "panels/today_invitation.py",
    "panels/today_message.py",
    "panels/today_model.py",
    "panels/workshop.py",
    "panels/workshop_after.py",
    "panels/workshop_model.py",
    "panels/workshop_notes.py",
    "panels/workshop_phones.py",
    "panels/workshop_phones_model.py",
    "panels/workshop_room.py",
    "playbook",
    "reports",
    "simulation/debrief.py",
    "simulation/engine.py",
    "simulation/judge.py",
    "simulation/otherwise.py",
    "simulation/policies.py",
    "simulation/progress.py",
    "simulation/saved.py",
    "simulation/scenario.py",
    "simulation/world.py",
    "simulation/written.py",
    "subjects.py",
    "times.py",
    "wording.py",
    "workshop",
)

MARKS = {"N_", "_", "counted", "ngettext", "ngettext_noop", "pgettext"}
# Words in here are for programmers: they say that a function was called in a wrong way.
FOR_PROGRAMMERS = {"AttributeError", "RuntimeError", "TypeError", "ValueError"}
# The kit's name, and names of looks.
NOT_WORDS = re.compile(r"(?: · )?Interview Coach|(?:ic-[\w-]*\s?)+")
# What is said to a database.
SQL = re.compile(
    r"\s*(?:ALTER|ATTACH|BEGIN|CASE|CREATE|DELETE|DETACH|DROP|GRANT|INSERT|PRAGMA|REVOKE|SELECT|SET|UPDATE)\b"
)
# Markup, of which an f-string may hold a part.
TAG = re.compile(r"<[^<>]*(?:>|$)")
# Arguments that are looks, roles and names, never read out or shown.
NOT_SHOWN = {
    *("class_", "role", "data_ic_page", "gid", "href", "preserveAspectRatio", "type", "viewBox"),
}
# What these are given are keys; they give the words themselves (`subjects.py`).
KEYS = {"Subject", "Thing"}
# Two words with a blank between, a sentence's end, or one word that begins with a capital.
WORDS = re.compile(
    r"(?:[A-Za-z’']{2,},?|\b[AI]) (?:[aI] )?[A-Za-z’']{2,}|[a-z]{2,}(?:[.?!](?:\s|$)|:\s)|^\s*[A-Z][a-z]+\s*$"
)


def files() -> list[Path]:
    found: list[Path] = []
    for name in FINISHED:
        path = PACKAGE / name
        assert path.exists(), f"{name} is not there any more"
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return found


def unmarked(code: str) -> list[str]:
    """Give every literal that reads like words for people and is in no mark, with its line."""
    tree = ast.parse(code)
    passed: set[int] = set()
    lines = code.splitlines()
    for node in ast.walk(tree):
        inside: list[ast.AST] = []
        if isinstance(node, ast.JoinedStr):
            _check_filled(node)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MARKS:
                _check_mark(node, name)
                inside += node.args
            elif name in FOR_PROGRAMMERS | KEYS or name in {"NewType", "ParamSpec", "TypeVar"}:
                inside += node.args
            inside += [one.value for one in node.keywords if one.arg in NOT_SHOWN]
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.append(node.value)  # a docstring
        elif isinstance(node, ast.Subscript):
            inside.append(node.slice)
        elif isinstance(node, ast.Dict):
            inside += [key for key in node.keys if key is not None]
        elif isinstance(node, ast.Compare):
            inside += [node.left, *node.comparators]
        elif isinstance(node, ast.AnnAssign):
            inside.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            inside += [one.annotation for one in node.args.args if one.annotation]
            inside += [node.returns] if node.returns else []
        elif isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "__all__" for target in node.targets
        ):
            inside.append(node.value)
        for part in inside:
            passed.update(id(one) for one in ast.walk(part))
    return [
        f"{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in passed
        and WORDS.search(TAG.sub("", node.value))
        and not NOT_WORDS.fullmatch(node.value)
        and not SQL.match(node.value)
        and "# unmarked: " not in lines[node.lineno - 1]
    ]


def _check_mark(node: ast.Call, name: str) -> None:
    # An f-string is filled before it is looked up, so no catalogue can hold it.
    assert not any(isinstance(one, ast.JoinedStr) for one in node.args), (
        f"line {node.lineno}: {name} takes a plain text; fill it with .format() afterwards"
    )


def _check_filled(node: ast.JoinedStr) -> None:
    # Nor does what extracts texts look for marks within one.
    marks = {
        one.lineno
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") in MARKS
        if any(isinstance(given, ast.Constant) for given in one.args)
    }
    assert not marks, f"line {min(marks)}: a text within an f-string is not found; name it before"


def hidden(code: str) -> list[int]:
    """Give the lines on which something else takes the name of the mark `_`."""
    tree = ast.parse(code)
    if not re.search(r"^from interview_coach\.language import .*\b_\b(?!\w)", code, re.MULTILINE):
        return []
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    taken = [node.lineno for node in names if node.id == "_" and isinstance(node.ctx, ast.Store)]
    arguments = [node for node in ast.walk(tree) if isinstance(node, ast.arg)]
    return taken + [node.lineno for node in arguments if node.arg == "_"]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_all_words_for_people_are_marked(path: Path) -> None:
    assert unmarked(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_nothing_else_takes_the_name_of_the_mark(path: Path) -> None:
    assert hidden(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param('kit.button("Save it", go)', ["1: 'Save it'"], id="two words"),
        pytest.param('kit.button("Save", go)', ["1: 'Save'"], id="one word with a capital"),
        pytest.param('f"{n} calls were missed."', ["1: ' calls were missed.'"], id="f-string"),
        pytest.param('KitError("file: it is torn.")', ["1: 'file: it is torn.'"], id="error"),
        pytest.param('kit.button(_("Save it"), go)', [], id="marked"),
        pytest.param('counted(n, "{n} call", "{n} calls")', [], id="counted"),
        pytest.param('el("p", x, class_="ic-small ic-soft")', [], id="a class"),
        pytest.param('raise ValueError(f"There is no page {x!r}.")', [], id="for programmers"),
        pytest.param('run("SELECT max(write_id) FROM writes")', [], id="for a database"),
        pytest.param('"""What this is."""', [], id="docstring"),
        pytest.param('x["a key"]', [], id="key"),
        pytest.param("""f'<p class="ic-small ic-soft" id="{x}">'""", [], id="markup"),
        pytest.param("""f'<p class="{x}">Save it</p>'""", ["1: '\">Save it</p>'"], id="in markup"),
        pytest.param('read("the day of")  # unmarked: a key', [], id="said why not"),
    ],
)
def test_unmarked_words_are_found(code: str, expected: list[str]) -> None:
    assert unmarked(code) == expected


def test_a_mark_around_an_f_string_is_found() -> None:
    with pytest.raises(AssertionError, match="line 1: _ takes a plain text"):
        unmarked('_(f"{n} calls")')


def test_a_mark_within_an_f_string_is_found() -> None:
    with pytest.raises(AssertionError, match="line 1: a text within an f-string is not found"):
        unmarked("""f'<p>{escape(_("Save it"))}</p>'""")


def test_a_variable_of_the_marks_name_is_found() -> None:
    marked = "from interview_coach.language import N_, _\n"
    assert hidden(marked + "def draw(_=None): ...") == [2]
    assert hidden(marked + "for _ in range(3): ...") == [2]
    assert hidden("for _ in range(3): ...") == []

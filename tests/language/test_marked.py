"""In the whole package no words for people stand unmarked."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "interview_coach"

# Modules (or folders) whose literals are no words for people, and why; all others are marked.
APART = {
    "messages/review/items.py": "expressions that messages are read by",
    "messages/review/language.py": "words by which a language is told",
    "messages/review/mentions.py": "expressions that messages are read by",
    "messages/review/names.py": "expressions that messages are read by",
    "messages/review/windows.py": "expressions that messages are read by",
    "messages/typed/asides.py": "expressions that invitations are read by",
    "messages/typed/day_words.py": "expressions that invitations are read by",
    "messages/typed/extras.py": "expressions that invitations are read by",
    "messages/typed/place_names.py": "names that invitations are read by",
    "messages/typed/relative.py": "expressions that invitations are read by",
    "messages/typed/words.py": "expressions that invitations are read by",
    "outcomes/dictionary.py": "it writes data/DICTIONARY.md, for who reads the files with a program",
    "outcomes/sample.py": "the invented log, which is data",
    "outcomes/schema.py": "what is said of the tables is for programmers",
}

MARKS = {"N_", "_", "counted", "ngettext", "ngettext_noop", "pgettext"}
# Words in here are for programmers: they say that a function was called in a wrong way.
FOR_PROGRAMMERS = {"AttributeError", "RuntimeError", "TypeError", "ValueError"}
# The kit's name, and names of looks.
NOT_WORDS = re.compile(r"(?: · )?Interview Coach|Python ?|(?:ic-[\w-]*\s?)+")
# What is said to a database, or to Python.
CODE = re.compile(
    r"\b(?:ADD|ALTER|AND|AS|ATTACH|BEGIN|CASE|CREATE|CURRENT_USER|DELETE|DETACH|DROP|FORCE|FROM|GRANT|INSERT|JOIN|"
    r"KEY|PASSWORD|PRAGMA|REVOKE|ROLE|ROW|SELECT|SET|TO|UNION|UPDATE|USING|WHERE|WITH)\b|"
    r"^import \w+(?:[.,\n]| as )"
)
# Markup, of which an f-string may hold a part.
TAG = re.compile(r"<[^<>]*(?:>|$)")
# Arguments that are looks, roles and names, never read out or shown.
NOT_SHOWN = {
    *("class_", "role", "data_ic_page", "gid", "href", "preserveAspectRatio", "samesite", "type"),
    "viewBox",
}
# What these are given are keys; they give the words themselves (`subjects.py`).
KEYS = {"Subject", "Thing"}
# Two words with a blank between, a sentence's end, or one word that begins with a capital.
WORDS = re.compile(
    r"(?:[A-Za-z’']{2,},?|\b[AI]) (?:[aI] )?[A-Za-z’']{2,}|[a-z]{2,}(?:[.?!](?:\s|$)|:\s)|^\s*[A-Z][a-z]+\s*$"
)


def files() -> list[Path]:
    apart = [PACKAGE / name for name in APART]
    assert all(path.exists() for path in apart), "one is not there any more"
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if not any(path.is_relative_to(one) for one in apart)
    ]


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
        and not CODE.search(node.value)
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
        pytest.param('run(f"{x} OWNER TO {y}")', [], id="a part of that"),
        pytest.param('run("import os, sys")', [], id="for Python"),
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

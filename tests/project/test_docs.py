"""What README and CONTRIBUTING tell people to type works, and what they point to is there."""

import re
import shlex
from pathlib import Path

import pytest

from interview_coach.cli import main

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "CONTRIBUTING.md"]
FENCE = re.compile(r"^```\w*\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def commands_in(page: str) -> list[str]:
    """All that a reader could type: the lines of fenced blocks and the `code` in the prose."""
    text = text_of(page)
    fenced = [line.strip() for block in FENCE.findall(text) for line in block.splitlines()]
    return fenced + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def typed_with(program: str) -> list[tuple[str, list[str]]]:
    """Each command of README and CONTRIBUTING for a program: its page and its arguments."""
    found = []
    for page in PAGES:
        for line in commands_in(page):
            words = shlex.split(line.replace("\\", "/"), comments=True) if program in line else []
            if words and words[0].rpartition("/")[2] == program and len(words) > 1:
                found.append((page, words[1:]))
    return found


def help_of(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_each_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.MULTILINE))
    asked = {(page, words[0]) for page, words in typed_with("make")}
    assert {("README.md", t) for t in ("lab", "app", "test")} <= asked
    assert {(page, target) for page, target in asked if target not in targets} == set()


def test_make_help_names_each_target() -> None:
    makefile = text_of("Makefile")
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[0].split()
    told = re.findall(r'@echo "make ([a-z]+) ', makefile)
    assert set(told) == set(phony) - {"help"}


def test_each_command_exists_and_the_table_leaves_none_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands = set(re.findall(r"^ {4}([a-z]+) ", help_of(capsys), flags=re.MULTILINE))
    table = set(re.findall(r"^\| `interview-coach ([a-z]+)", text_of("README.md"), re.MULTILINE))
    assert table == commands
    asked = {(page, words[0]) for page, words in typed_with("interview-coach")}
    known = commands | {"--help"}
    assert {(page, command) for page, command in asked if command not in known} == set()


def test_each_option_in_an_example_exists(capsys: pytest.CaptureFixture[str]) -> None:
    for page, (command, *rest) in typed_with("interview-coach"):
        options = {word for word in rest if word.startswith("--")}
        if options:
            helped = set(re.findall(r"--[a-z-]+", help_of(capsys, command)))
            assert options <= helped, page


def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    examples = [words for _, words in typed_with("interview-coach") if words[0] == "advise"]
    example = next(words for words in examples if len(words) > 1)
    assert main(example) == 0
    assert capsys.readouterr().out.startswith("It is 2:07 pm in Europe/London.")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    section = text_of("README.md").partition("## Checking that all is well")[2]
    told = FENCE.findall(section)[0].strip()
    ran = [line.strip() for line in text_of(".ci/run").splitlines() if line.strip()][-1]
    # With a server beside it, which a coach's machine need not have.
    assert told == ran.removeprefix(".ci/with-postgres ") == "make test"


def test_what_make_lint_runs_is_told_to_those_without_make() -> None:
    recipe = text_of("Makefile").partition("\nlint:")[2].partition("\n\n")[0]
    tools = set(re.findall(r"\$\(BIN\)/([a-z-]+)", recipe)) - {"nbstripout"}
    assert tools <= {
        line.partition(".venv/bin/")[2].partition(" ")[0] for line in commands_in("CONTRIBUTING.md")
    }


@pytest.mark.parametrize("page", PAGES)
def test_each_link_and_picture_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", text_of(page))
    missing = [
        link for link in links if not link.startswith("https://") and not (ROOT / link).exists()
    ]
    assert missing == []


def test_the_picture_of_the_house_is_the_house() -> None:
    picture = next(block for block in FENCE.findall(text_of("README.md")) if "playbook/" in block)
    top = re.findall(r"^([a-z_]+)/ ", picture, flags=re.MULTILINE)
    parts = re.findall(r"^ {2}([a-z_.]+?)/? ", picture, flags=re.MULTILINE)
    missing = [name for name in top if not (ROOT / name).is_dir()]
    missing += [name for name in parts if not (ROOT / "interview_coach" / name).exists()]
    folders = {
        path.parent.name
        for path in (ROOT / "interview_coach").glob("*/__init__.py")
        if not path.parent.name.startswith("_")
    }
    assert missing == []
    assert folders <= set(parts)


def test_each_decision_has_its_number_and_says_what_why_and_what_else() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, page in enumerate(pages, start=1):
        text = page.read_text(encoding="utf-8")
        assert page.name.startswith(f"{number:03}-")
        assert text.startswith(f"# {number}. ")
        assert all(f"**{part}.**" in text for part in ("What", "Why", "Weighed"))

"""A playbook with slips in it: every one is told, with its file, its place and the way out."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.playbook import PlaybookError, load_playbook
from interview_coach.playbook.loader import DATA

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "playbook"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    def change(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def faults_of(folder: Path) -> str:
    with pytest.raises(PlaybookError) as refused:
        load_playbook(folder=folder)
    assert isinstance(refused.value, KitError)
    return str(refused.value)


def test_the_copy_loads_like_the_shipped_one(folder: Path) -> None:
    assert load_playbook(folder=folder) == load_playbook()


def test_many_slips_are_told_at_once(folder: Path, edit: Edit) -> None:
    rules = "rules/6_how_long.toml"
    edit(rules, 'source = ["C1", "C2", "C3"]', 'source = ["C1", "C22"]')
    edit(rules, 'variants = ["F4"]', 'variants = ["F44"]')
    edit(rules, 'do = "wait"', 'do = "wiat"')
    edit("rules/7_again.toml", 'because = "Twice', 'becase = "Twice')
    edit("rules/7_again.toml", 'template = "email_call_direction"', 'template = "email"')
    edit("rules/8_new_time.toml", "earliest = 960, due = 1440", "earliest = 2000, due = 1440")
    edit("actions.toml", 'skill = "composure"', 'skill = "calm"')
    edit("codes.toml", 'interviewer = "the interviewer was to call you"', "interviewer = 3")
    edit("messages.toml", 'required = ["sender_name"', 'required = ["name_of_sender"')
    assert faults_of(folder) == (
        "The playbook has 8 faults:\n"
        "- codes.toml, caller, interviewer: it says nothing; say what it means.\n"
        "- 7_again.toml, swap-who-calls, because: it is missing; add it.\n"
        "- 7_again.toml, swap-who-calls, becase: there is no such field; did you mean 'because'.\n"
        "- 8_new_time.toml, write-again-next-day, timing: earliest (2000), due (1440) and latest "
        "(2880) must follow one another; put that right.\n"
        "- 6_how_long.toml, stop-waiting, source: 'C22' is not known; did you mean 'C2'.\n"
        "- 6_how_long.toml, stop-waiting, variants: 'F44' is not known; did you mean 'F4'.\n"
        "- 6_how_long.toml, no-waiting-all-day, do: 'wiat' is not known; did you mean 'wait'.\n"
        "- messages.toml, voicemail_no_answer, required: 'name_of_sender' is not known; add it "
        "to messages.toml or use one that is there."
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "rules/6_how_long.toml",
            "latest = 75 }",
            'latest = "soon" }',
            "6_how_long.toml, stop-waiting, timing.latest: 'soon' does not fit; use a whole number.",
        ),
        (
            "rules/6_how_long.toml",
            "earliest = 15,",
            "earliest = -5,",
            "6_how_long.toml, stop-waiting, timing: earliest (-5) is before the anchor 'scheduled'; "
            "only 'new_time' can be led up to; put that right.",
        ),
        (
            "rules/6_how_long.toml",
            'caller = "interviewer", minutes_past = 90 }',
            'caller = "interviwer", minutes_past = 90 }',
            "6_how_long.toml, no-waiting-all-day, speaks.caller: 'interviwer' is not known; use one "
            "of 'interviewer', 'candidate'.",
        ),
        (
            "rules/6_how_long.toml",
            "speaks = { caller",
            "speks = { caller",
            None,
        ),
        (
            "rules/6_how_long.toml",
            'id = "no-waiting-all-day"',
            'id = "stop-waiting"',
            "6_how_long.toml, stop-waiting, id: it is there twice; give it a name of its own.",
        ),
        (
            "rules/6_how_long.toml",
            'id = "no-waiting-all-day"',
            'id = "dial"',
            "6_how_long.toml, dial, id: another file has a rule of this id; give it a name of its "
            "own.",
        ),
        (
            "rules/6_how_long.toml",
            'id = "no-waiting-all-day"',
            'id = "No waiting"',
            "6_how_long.toml, No waiting, id: 'No waiting' does not fit; use small letters, digits "
            "and '-', a letter first.",
        ),
        (
            "rules/6_how_long.toml",
            "minutes_past = { from = 75 }",
            "minutes_past = { from = 75, to = 10 }",
            "6_how_long.toml, no-waiting-all-day, when.minutes_past: 'from' (75) must not be "
            "greater than 'to' (10); put that right.",
        ),
        (
            "rules/6_how_long.toml",
            'do = "wait"',
            'do = "wait"\ntiming = { earliest = 1, due = 1, latest = 1 }',
            "6_how_long.toml, no-waiting-all-day: a rule with avoid = true has no timing: remove "
            "it; put that right.",
        ),
        (
            "rules/6_how_long.toml",
            "[[rule]]",
            "[[rulle]]",
            None,
        ),
        (
            "variants.toml",
            "timing = { earliest = 15, due = 30, latest = 30 }",
            "timing = { earliest = 70 }",
            "variants.toml, stop-waiting, timing: earliest (70), due (60) and latest (75) must "
            "follow one another; put that right.",
        ),
        (
            "variants.toml",
            'id = "F4"',
            'id = "F99"',
            None,
        ),
        (
            "sources.toml",
            "[adviser.F4]",
            "[advisor.F4]",
            None,
        ),
        (
            "messages.toml",
            "[kind.email_thanks]",
            "[knd.email_thanks]",
            None,
        ),
        (
            "messages.toml",
            'type = "phone"',
            'type = "telephone"',
            "messages.toml, phone, type: 'telephone' is not known; use one of 'text', 'moment', "
            "'phone', 'email', 'count', 'texts', 'choice', 'flag'.",
        ),
        (
            "actions.toml",
            "minutes = 1",
            "minutes = -1",
            "actions.toml, stay_calm, minutes: -1 does not fit; input should be greater than or "
            "equal to 0.",
        ),
    ],
)
def test_a_slip_is_told_with_file_place_and_remedy(
    folder: Path, edit: Edit, file: str, old: str, new: str, says: str | None
) -> None:
    edit(file, old, new)
    text = faults_of(folder)
    if says is None:  # one slip that is seen from several sides: it is named in its own file
        assert Path(file).name in text
        assert new.strip("[]{} =").split(" ")[0].partition(".")[0] in text or "F99" in text
    else:
        assert text == f"The playbook has 1 fault: {says}"


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("actions.toml", b"\xff\xfe[\x00", "actions.toml: it is not UTF-8 text; save it as UTF-8."),
        (
            "actions.toml",
            b"x = = 3",
            "actions.toml: Invalid value (at line 1, column 5); write it as TOML asks.",
        ),
        ("actions.toml", None, "actions.toml: the file is not there; put it back."),
        (
            "variants.toml",
            b"variant = 3",
            "variants.toml, variant: it is not a list of tables; use [[variant]].",
        ),
        (
            "messages.toml",
            b"kind = 3\n[item.a]\nsays = 'a'",
            "messages.toml, [kind]: it is not a table; write it as [kind].",
        ),
        (
            "sources.toml",
            b"guidance = 3",
            "sources.toml, [guidance]: it is not a table; write it as [guidance].",
        ),
        (
            "sources.toml",
            b"[adviser]\nF1 = 3",
            "sources.toml, F1: it is not a table; write it as [F1].",
        ),
        (
            "codes.toml",
            b"[caller]\ninterviewer = ''",
            "codes.toml, caller, interviewer: it says nothing; say what it means.",
        ),
    ],
)
def test_a_broken_file_is_told_once_and_not_by_all_that_need_it(
    folder: Path, file: str, content: bytes | None, says: str
) -> None:
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    text = faults_of(folder)
    assert says in text
    assert text.count("\n") <= 40


def test_no_rules_at_all_is_a_fault(folder: Path) -> None:
    shutil.rmtree(folder / "rules")
    assert "rules: there is no rule file; put one there." in faults_of(folder)


def test_toml_nested_without_end_is_a_fault(folder: Path) -> None:
    (folder / "actions.toml").write_text("x = " + "[" * 3000, encoding="utf-8")
    assert "- actions.toml: " in faults_of(folder) or "fault: actions.toml: " in faults_of(folder)

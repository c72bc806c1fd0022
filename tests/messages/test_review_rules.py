"""Every rule of the review speaks where it must and is silent where it must; bad rules are refused."""

from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.messages.review.cues import FOLDER, Compiled, alone, load_rules, read_rules
from interview_coach.messages.review.items import matches
from interview_coach.messages.review.parts import read
from interview_coach.playbook import load_playbook

PLAYBOOK = load_playbook()
RULES = load_rules()
CUES = [cue for cues in RULES.cues.values() for cue in cues]
IDS = [cue.cue.id for cue in CUES]


def speaks(cue: Compiled, text: str) -> bool:
    kind = cue.cue.kinds[0] if cue.cue.kinds else "email_no_answer"
    return bool(matches(read(text), PLAYBOOK.kinds[kind], cue))


@pytest.mark.parametrize("cue", CUES, ids=IDS)
def test_a_cue_speaks_and_is_silent_as_its_examples_say(cue: Compiled) -> None:
    assert [text for text in cue.cue.fires if not speaks(cue, text)] == []
    assert [text for text in cue.cue.silent if speaks(cue, text)] == []


def test_each_expression_of_a_cue_has_an_example() -> None:
    bare = [
        (cue.cue.id, expression)
        for cue in CUES
        for expression in cue.cue.match
        if not any(speaks(alone(cue, expression, RULES), text) for text in cue.cue.fires)
    ]
    assert bare == []


def test_each_item_and_fault_has_its_advice_and_a_source_that_exists() -> None:
    assert set(RULES.items) == set(PLAYBOOK.items)
    known = {*PLAYBOOK.sources, "kit"}
    said = {one.source for one in RULES.items.values()} | {
        one.source for one in RULES.faults.values()
    }
    assert said | {cue.cue.source for cue in CUES} - {""} <= known
    finds = {cue.cue.finds for cue in CUES} - {"agreed"}
    assert finds <= {*RULES.items, *RULES.faults}


def test_a_kind_named_by_a_cue_judges_what_the_cue_finds() -> None:
    for cue in CUES:
        for kind in cue.cue.kinds:
            spec = PLAYBOOK.kinds[kind]
            assert cue.cue.finds in {*spec.required, *spec.optional}, (cue.cue.id, kind)


def test_all_slips_in_a_folder_of_rules_are_named_at_once(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "own.toml").write_text(
        '[[cue]]\nid = "a"\nfinds = "blame"\nmatch = ["<nobody> said"]\nfires = ["x"]\nsilent = ["y"]\n'
        '[[cue]]\nid = "b"\nfinds = "blame"\nmatch = ["(unclosed"]\nfires = ["x"]\nsilent = ["y"]\n'
        '[[cue]]\nid = "b"\nfinds = "blame"\nmatch = ["twice"]\nfires = []\nsilent = ["y"]\n',
        encoding="utf-8",
    )
    (tmp_path / "torn.toml").write_text("[[cue]\n", encoding="utf-8")
    with pytest.raises(KitError) as caught:
        read_rules(tmp_path)
    said = str(caught.value)
    assert "own.toml: cue a: <nobody> is no name; use one of clock, day" in said
    assert "own.toml: cue b: missing )" in said
    assert "own.toml: cue b: fires: Tuple should have at least 1 item" in said
    assert "torn.toml: " in said


def test_every_kind_judges_what_the_vocabulary_says() -> None:
    path = Path(__file__).parents[3] / "shared" / "MESSAGES.md"
    if not path.is_file():
        pytest.skip("the vocabulary of the messages is not beside the project")
    lines = path.read_text(encoding="utf-8").splitlines()
    head = next(line for line in lines if line.startswith("| item"))
    kinds = [cell.strip() for cell in head.strip("|").split("|")][1:]
    judged: dict[str, dict[str, str]] = {kind: {} for kind in kinds}
    for line in lines:
        if line.startswith("| `"):
            item, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            for kind, cell in zip(kinds, cells, strict=False):
                judged[kind] |= {item.strip("`"): cell} if cell else {}
    assert len(judged) == 9
    for kind, marks in judged.items():
        spec = PLAYBOOK.kinds[kind]
        assert {item for item, cell in marks.items() if cell == "R"} == set(spec.required), kind
        assert {item for item, cell in marks.items() if cell == "o"} == set(spec.optional), kind

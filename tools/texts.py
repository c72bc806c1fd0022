"""Bring the catalogues up to date with code, playbook and notebooks: ``make texts``.

Each part of the kit has a file of its own in each language, so that two people who work on two
parts never meet. New texts come in empty, texts that are gone go; nothing is guessed. What another
part has translated already is taken over.
"""

import io
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from interview_coach.app.prose import retold
from interview_coach.comparing.reading import PolicyEntry
from interview_coach.language import ENGLISH, LANGUAGES, LOCALE
from interview_coach.messages.review.cues import Cue, FaultAdvice, ItemAdvice
from interview_coach.playbook.model import (
    Action,
    FieldSpec,
    Item,
    MessageKind,
    Rule,
    Source,
    Variant,
)
from interview_coach.playbook.texts import texts_in
from interview_coach.simulation.loading import joined
from interview_coach.simulation.scenario import Scenario
from interview_coach.workshop.decks import DeckFile

__all__ = [
    "KEYWORDS",
    "TABLES",
    "extracted",
    "main",
    "notebook_texts",
    "part_of",
    "toml_texts",
    "updated",
]

PACKAGE = Path(__file__).parents[1] / "interview_coach"

# What marks a text, and which of its arguments are the text ("c": the context).
KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "N_": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_noop": (1, 2),
    "counted": (2, 3),
}

# Parts of the playbook's folder that have a catalogue of their own; all else there is "playbook".
_OWN_PARTS = ("decks", "review", "scenarios")


def part_of(path: Path) -> str:
    """Say which part of the kit a file belongs to: the name of its catalogue."""
    if path.suffix == ".ipynb":
        return "notebooks"
    folder, *rest = path.relative_to(PACKAGE).parts
    if not rest:
        return "core"
    if folder == "playbook" and rest[0] == "data" and rest[1] in _OWN_PARTS:
        return rest[1]
    if folder == "panels":
        return f"panels_{rest[0].removesuffix('.py').partition('_')[0] or 'kit'}"
    return folder


class Found(NamedTuple):
    """A text for the catalogue."""

    id: str | tuple[str, ...]
    context: str | None
    comments: tuple[str, ...]
    file: str


def _sources(data: Mapping[str, Any]) -> Iterator[tuple[str, Source]]:
    for kind in ("guidance", "kit"):
        for key, says in data[kind].items():
            yield key, Source(id=key, kind=kind, says=says, where=data["work"][kind])
    for key, entry in data["adviser"].items():
        yield key, Source(id=key, kind="adviser", **entry)


def _kinds(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for table, model in (("kind", MessageKind), ("item", Item), ("field", FieldSpec)):
        for key, entry in data[table].items():
            yield key, model(id=key, **entry)


def _assumptions(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for table, entries in data.items():
        for key, entry in entries.items():
            yield f"{table}.{key}", {name: entry[name] for name in ("says", "unit", "source")}


def _review(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for table, model in (("item", ItemAdvice), ("fault", FaultAdvice)):
        for key, entry in data.get(table, {}).items():
            yield key, model(**entry)
    for entry in data.get("cue", ()):
        yield entry["id"], Cue(**entry)


def _story(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    # A story that is like another has its choices and answers: they are that one's texts.
    like = PACKAGE / "playbook" / "data" / "scenarios" / f"{data.get('like')}.toml"
    known = {str(data["like"]): _read(like)} if "like" in data else {}
    whole = joined("", {"file": "", **data}, known)
    yield data["title"], Scenario(**{"id": "", **whole})


# The files of the playbook whose texts are translated, each with what reads its entries into the
# types that say which of their fields are texts.
TABLES: Mapping[str, Any] = {
    "actions.toml": lambda data: ((key, Action(id=key, **one)) for key, one in data.items()),
    "assumptions.toml": _assumptions,
    "codes.toml": lambda data: ((table, says) for table, says in data.items()),
    "decks/*.toml": lambda data: [(data["title"], DeckFile(id="", file="", **data))],
    "messages.toml": _kinds,
    "policies.toml": lambda data: ((one["id"], PolicyEntry(**one)) for one in data["policy"]),
    "review/*.toml": _review,
    "rules/*.toml": lambda data: ((one["id"], Rule(**one)) for one in data["rule"]),
    "scenarios/*.toml": _story,
    "sources.toml": _sources,
    "variants.toml": lambda data: ((one["id"], Variant(**one)) for one in data["variant"]),
}


def toml_texts(
    fileobj: Any, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Give the texts of a file of the playbook: an extraction method for Babel.

    Which fields are texts is known from the types that the playbook is loaded with.
    """
    path = Path(fileobj.name)
    read = next(read for pattern, read in TABLES.items() if path.match(f"data/{pattern}"))
    data = tomllib.loads(fileobj.read().decode("utf-8"))
    here = set(_strings(data))
    for key, entry in read(data):
        for field, text, context in texts_in(entry):
            if text in here and context:
                yield 1, "pgettext", (context, text), [f"{key}, {field}"]
            elif text in here:
                yield 1, "_", text, [f"{key}, {field}"]


def notebook_texts(
    fileobj: Any, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Give the prose of a notebook: an extraction method for Babel."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    retold(fileobj.read(), keep)
    for text in found:
        yield 1, "_", text, []


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _strings(inside)


def extracted() -> dict[str, list[Found]]:
    """Give every text that is marked, by part, in the order of the files."""
    data = PACKAGE / "playbook" / "data"
    files: list[tuple[Path, Any]] = [(path, "python") for path in sorted(PACKAGE.rglob("*.py"))]
    files += [(path, "javascript") for path in sorted((PACKAGE / "app").glob("*.js"))]
    files += [(path, toml_texts) for pattern in TABLES for path in sorted(data.glob(pattern))]
    notebooks = PACKAGE.parent / "notebooks"
    files += [(path, notebook_texts) for path in sorted(notebooks.glob("*.ipynb"))]
    found: dict[str, dict[tuple[str | None, str], Found]] = {}
    for path, method in files:
        here = found.setdefault(part_of(path), {})
        with path.open("rb") as file:
            for _line, text, comments, context in extract(
                method, file, KEYWORDS, comment_tags=("Translators:",)
            ):
                key = (context, text if isinstance(text, str) else text[0])
                # Two bare nouns are English only (`wording.counted`), and so no text.
                if isinstance(text, tuple) and "{" not in text[1]:
                    continue
                # A text that is also counted somewhere needs both its forms.
                if key in here and (isinstance(text, str) or here[key].id == text):
                    continue
                name = path.relative_to(PACKAGE.parent).as_posix()
                here[key] = Found(text, context, tuple(comments), name)
    return {part: list(texts.values()) for part, texts in found.items() if texts}


def updated(language: str, texts: Mapping[str, Iterable[Found]]) -> dict[str, bytes]:
    """Give the catalogues of a language as they should be, by the name of their file."""
    old: dict[str, dict[tuple[str | None, str], Any]] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            old[path.stem] = {
                (one.context, one.id if isinstance(one.id, str) else one.id[0]): one
                for one in read_po(file, locale=language)
                if one.id
            }
    said = {key: one.string for part in old.values() for key, one in part.items() if one.string}
    files = {}
    for part, messages in texts.items():
        catalogue = Catalog(locale=language)
        for message in messages:
            key = (message.context, message.id if isinstance(message.id, str) else message.id[0])
            before = old.get(part, {}).get(key)
            string = (before.string if before and before.string else None) or said.get(key, "")
            if isinstance(string, str) is not isinstance(message.id, str):
                string = "" if isinstance(message.id, str) else ("",) * catalogue.num_plurals
            catalogue.add(
                message.id,
                string,
                locations=[(message.file, 0)],
                auto_comments=message.comments,
                user_comments=before.user_comments if before else (),
                flags=before.flags if before else (),
                context=message.context,
            )
        out = io.BytesIO(_head(language).encode())
        out.seek(0, io.SEEK_END)
        # Neither dates nor numbers of lines: a diff shows what changed in the texts.
        write_po(out, catalogue, omit_header=True, include_lineno=False, width=100)
        files[f"{part}.po"] = out.getvalue()
    return files


def _head(language: str) -> str:
    number, expression = get_plural(language)[:2]
    lines = (
        f"Language: {language}",
        "Content-Type: text/plain; charset=utf-8",
        f"Plural-Forms: nplurals={number}; plural={expression};",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def main() -> int:
    """Write the catalogues of every language and say what is still to be translated."""
    texts = extracted()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        folder = LOCALE / language
        folder.mkdir(parents=True, exist_ok=True)
        files = updated(language, texts)
        for path in folder.glob("*.po"):
            if path.name not in files:
                path.unlink()
        open_texts = {}
        for name, content in files.items():
            (folder / name).write_bytes(content)
            read = read_po(io.BytesIO(content), locale=language)
            empty = len([one for one in read if one.id and not _whole(one.string)])
            if empty:
                open_texts[name] = empty
        total = sum(len(part) for part in texts.values())
        left = ", ".join(f"{count} in {name}" for name, count in open_texts.items())
        print(f"{LANGUAGES[language]}: {total} texts; to be translated: {left or 'none'}.")
    return 0


def _whole(string: Any) -> bool:
    return all((string,) if isinstance(string, str) else string or ("",))


if __name__ == "__main__":
    sys.exit(main())

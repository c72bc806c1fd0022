"""A mapping as a TOML file, for next time: written so that reading it gives the same mapping."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.importing.mapping import ColumnMapping
from interview_coach.writing import write_whole

__all__ = ["mapping_toml", "save_mapping"]


def mapping_toml(mapping: ColumnMapping) -> str:
    """Give the TOML text of a mapping; what is as it is by default is left out."""
    said = mapping.model_dump(exclude_defaults=True, exclude_none=True)
    lines = [
        _("# What the columns of a file mean; interview-coach import reads it with --mapping.")
    ]
    if mapping.title:
        lines.append(f"title = {_value(mapping.title)}")
    for name in ("file", "time", "client", "interview", "columns", "values", "constants"):
        lines += _table(name, said.get(name))
    lines += _table("when_state", said.get("when_state"))
    return "\n".join(lines) + "\n"


def save_mapping(mapping: ColumnMapping, path: str | os.PathLike[str]) -> Path:
    """Write a mapping to a TOML file, which is replaced if it is there.

    Raises
    ------
    KitError
        If it cannot be written there.
    """
    file = Path(path)
    try:
        write_whole(file, mapping_toml(mapping).encode("utf-8"))
    except OSError as error:
        raise KitError(
            _("The mapping {file} cannot be written ({why}); name another place for it.").format(
                file=file, why=(error.strerror or _("unknown")).lower()
            )
        ) from None
    return file


def _table(name: str, table: Mapping[str, Any] | None) -> list[str]:
    if not table:
        return []
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = ["", f"[{name}]", *(f"{_key(k)} = {_value(v)}" for k, v in plain.items())]
    for key, value in table.items():
        if isinstance(value, dict) and value:
            lines += ["", f"[{name}.{_key(key)}]"]
            lines += [f"{_key(k)} = {_value(v)}" for k, v in value.items()]
    # A heading with nothing but tables below it says nothing.
    return lines if plain else lines[2:]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_value, value)) + "]"
    # JSON writes texts, whole numbers and true as TOML does, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

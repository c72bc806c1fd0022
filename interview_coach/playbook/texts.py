"""Which fields of the playbook are read by people, and their translation.

The types say it: a field that is annotated with `SHOWN` holds a text for people. The catalogue is
filled from these fields, and translated into them when the playbook is loaded.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from interview_coach.language import _

__all__ = ["SHOWN", "texts_in", "translated"]

_V = TypeVar("_V")


class _Shown:
    def __repr__(self) -> str:
        return "SHOWN"


SHOWN = _Shown()
"""Marks a field of a type: ``Annotated[str, SHOWN]``, also of tuples and mappings of texts."""


def texts_in(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Give every text for people in an entry of the playbook, with the name of its field.

    Parameters
    ----------
    value : model, tuple or mapping
        An entry. A bare mapping or tuple, as that of the codes, holds nothing but texts.
    """
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            inside = getattr(value, name)
            if SHOWN in info.metadata or _holds_models(inside):
                yield from texts_in(inside, name)
    elif isinstance(value, str):
        if value.strip():
            yield field, value
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            yield from texts_in(inside, field or str(key))
    elif isinstance(value, tuple | list):
        for inside in value:
            yield from texts_in(inside, field)


def translated(value: _V) -> _V:
    """Give an entry of the playbook with its texts in the language that is being spoken."""
    made: Any = value
    if isinstance(value, BaseModel):
        changed = {}
        for name, info in type(value).model_fields.items():
            inside = getattr(value, name)
            if SHOWN in info.metadata or _holds_models(inside):
                changed[name] = translated(inside)
        # What was set stays told apart from defaults: an overlay writes out only what was set.
        kept = value.model_fields_set
        made = value.model_copy(update=changed)
        made.__pydantic_fields_set__.intersection_update(kept)
    elif isinstance(value, str):
        made = _(value)
    elif isinstance(value, Mapping):
        made = {key: translated(inside) for key, inside in value.items()}
    elif isinstance(value, tuple | list):
        made = type(value)(translated(inside) for inside in value)
    return made  # type: ignore[no-any-return]


def _holds_models(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_models, value.values()))
    if isinstance(value, tuple | list):
        return any(map(_holds_models, value))
    return isinstance(value, BaseModel)

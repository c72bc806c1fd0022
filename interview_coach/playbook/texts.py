"""Which fields of the playbook are read by people, and their translation.

The types say it: a field that is annotated with `SHOWN` holds a text for people. The catalogue is
filled from these fields, and translated into them when the playbook is loaded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from interview_coach.language import _, pgettext

__all__ = ["NAMED", "SHOWN", "Shown", "texts_in", "translated"]

_V = TypeVar("_V")


@dataclass(frozen=True)
class Shown:
    """Marks a field of a type as a text for people: ``Annotated[str, Shown()]``.

    Attributes
    ----------
    context : str, optional
        Tells apart what is one word in English and two elsewhere, as `pgettext` does.
    stays : bool
        The English text is also a key and stays in its field; who shows it puts it into `_`.
    """

    context: str | None = None
    stays: bool = False


SHOWN = Shown()
"""Marks a field of a type: ``Annotated[str, SHOWN]``, also of tuples and mappings of texts."""

NAMED = Shown(stays=True)
"""Marks a field that names something by its English text: a key that people read as well."""


def texts_in(
    value: object, field: str = "", context: str | None = None
) -> Iterator[tuple[str, str, str | None]]:
    """Give every text for people in an entry of the playbook, with its field's name and context.

    Parameters
    ----------
    value : model, tuple or mapping
        An entry. A bare mapping or tuple, as that of the codes, holds nothing but texts.
    """
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            inside, mark = getattr(value, name), _mark(info)
            if mark is not None or _holds_models(inside):
                yield from texts_in(inside, name, mark.context if mark is not None else None)
    elif isinstance(value, str):
        if value.strip():
            yield field, value, context
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            yield from texts_in(inside, field or str(key), context)
    elif isinstance(value, tuple | list):
        for inside in value:
            yield from texts_in(inside, field, context)


def translated(value: _V, context: str | None = None) -> _V:
    """Give an entry of the playbook with its texts in the language that is being spoken."""
    made: Any = value
    if isinstance(value, BaseModel):
        changed = {}
        for name, info in type(value).model_fields.items():
            inside, mark = getattr(value, name), _mark(info)
            if mark.stays if mark is not None else not _holds_models(inside):
                continue
            changed[name] = translated(inside, mark.context if mark is not None else None)
        # What was set stays told apart from defaults: an overlay writes out only what was set.
        kept = value.model_fields_set
        made = value.model_copy(update=changed)
        made.__pydantic_fields_set__.intersection_update(kept)
    elif isinstance(value, str):
        made = pgettext(context, value) if context else _(value)
    elif isinstance(value, Mapping):
        made = {key: translated(inside, context) for key, inside in value.items()}
    elif isinstance(value, tuple | list):
        made = type(value)(translated(inside, context) for inside in value)
    return made  # type: ignore[no-any-return]


def _mark(info: FieldInfo) -> Shown | None:
    return next((one for one in info.metadata if isinstance(one, Shown)), None)


def _holds_models(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_models, value.values()))
    if isinstance(value, tuple | list):
        return any(map(_holds_models, value))
    return isinstance(value, BaseModel)

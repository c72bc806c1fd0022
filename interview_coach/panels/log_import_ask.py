"""The import assistant's questions as a form asks them: a few choices, a list, or a line to type."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets

from interview_coach.language import N_, _
from interview_coach.outcomes import Question, codes
from interview_coach.outcomes.model import CODED
from interview_coach.panels import kit
from interview_coach.panels.log_words import field, options

__all__ = ["asked"]

Answer = Callable[[str, str], None]
_RADIOS = 4  # more options than these go into a list to open
_EVERYBODY = "all:"
_ASKS = {
    "client": N_("Who is the client?"),
    "words": N_("Which words mark an interview?"),
    "timezone": N_("In which time zone are the times of the file?"),
    "date_order": N_("Which stands first in its dates?"),
    "missed_by": N_("Who missed the calls for which the file does not say it?"),
}
_HINTS = {
    "words": N_("Separate them by |. A * takes every row."),
    "timezone": N_("Such as Europe/London or America/Chicago."),
    "start_time": N_("Such as 09:00."),
}
_ORDERS = {
    "day": N_("the day: 05/03 is 5 March"),
    "month": N_("the month: 05/03 is May 3"),
    "year": N_("the year"),
}


def asked(question: Question, answer: Answer, notice: kit.Notice) -> Any:
    """Make the field that asks a question.

    Parameters
    ----------
    question : Question
        What is asked.
    answer : callable
        Is given the question's name and the answer, when there is one.
    notice : Notice
        Where an answer that does not fit is said.
    """
    what, hint = _words(question)
    if question.name == "client":
        return _client(question, hint, answer, notice)
    choices = _choices(question)
    made: Any
    if not choices:
        made = kit.text_input(what, question.value or "", hint=hint)
    elif len(choices) <= _RADIOS:
        made = kit.radio(what, choices, question.value, hint=hint)
    else:
        first = [] if question.value else [(_("choose one"), "")]
        made = kit.dropdown(what, [*first, *choices], question.value or "", hint=hint)
    kit.on_change(made, partial(_give, answer, question.name), notice)
    return made


def _give(answer: Answer, name: str, value: str) -> None:
    if value:
        answer(name, value)


def _client(question: Question, hint: str, answer: Answer, notice: kit.Notice) -> Any:
    """Ask who the client is: a column, or one person for the whole file."""
    columns = [name for name in question.options if name != _EVERYBODY]
    value = question.value or ""
    same = value.casefold().startswith(_EVERYBODY)
    who = kit.text_input(
        _("Their pseudonym"),
        value[len(_EVERYBODY) :].strip() if same else "",
        hint=_("Such as C-014."),
    )
    which = kit.dropdown(
        _(_ASKS["client"]),
        [
            *([] if value else [(_("choose one"), "")]),
            *((_("It stands under: {name}").format(name=name), name) for name in columns),
            (_("All rows are of one client"), _EVERYBODY),
        ],
        _EVERYBODY if same else value if value in columns else None,
        hint=hint,
    )
    kit.seen(who, same)

    def chosen(column: str) -> None:
        kit.seen(who, column == _EVERYBODY)
        if column != _EVERYBODY:
            _give(answer, "client", column)

    kit.on_change(which, chosen, notice)
    kit.on_change(who, lambda words: answer("client", f"{_EVERYBODY}{words}"), notice)
    box = widgets.VBox([which, who])
    box.add_class("ic-region")
    return box


def _words(question: Question) -> tuple[str, str]:
    """Say a question as the page asks it, with where in the file it is about."""
    kind, mark, word = question.name.partition(":")
    # Translators: {column} is the heading of a column in the file.
    where = _("Under {column}").format(column=question.where) if question.where else ""
    hint = " ".join(part for part in (_(_HINTS.get(kind, "")), where) if part)
    if mark and kind in CODED:
        return _("“{word}”: {field}?").format(word=word[:60], field=field(kind).lower()), hint
    return (_(_ASKS[kind]) if kind in _ASKS else question.what), hint


def _choices(question: Question) -> list[tuple[str, str]]:
    """Give a question's options as (words, answer)."""
    kind = question.name.partition(":")[0]
    if kind == "date_order":
        return [(_(_ORDERS.get(one, one)), one) for one in question.options]
    if kind == "beginnings":
        return [(_("yes"), "yes"), (_("no"), "no")]
    if kind not in CODED:
        return [
            (_("nothing; leave it out") if one == "nothing" else one, one)  # unmarked: an answer
            for one in question.options
        ]
    says = {code: words for words, code in options(kind)} if kind == "state" else dict(codes(kind))
    return [
        (says.get(one, _("nothing; leave it out") if one == "nothing" else one), one)
        for one in question.options
    ]

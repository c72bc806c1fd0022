"""Who the client of a row is: one column, a first and a last name, or one person for all rows."""

from collections.abc import Callable, Mapping
from typing import Any

from interview_coach.language import _
from interview_coach.outcomes.importing.answers import ALL
from interview_coach.outcomes.importing.choosing import both_names
from interview_coach.outcomes.importing.guessing import Column, looks_pseudonymous
from interview_coach.outcomes.importing.synonyms import match

__all__ = ["client_of"]

_SURE = 0.7


def client_of(
    by_field: Mapping[str, str],
    columns: Mapping[str, Column],
    answers: Mapping[str, str],
    ask: Callable[..., str | None],
) -> dict[str, Any]:
    """Say which columns name the client, and ask where none does or several might."""
    guessed = by_field.get("client")
    said = "client" in answers or "column:client" in answers
    pair = None if "column:client" in answers else both_names(columns, guessed)
    guessed = pair or guessed
    rivals = [
        c
        for c in columns
        if columns[c].filled
        and match(c).get("client", (0.0,))[0] >= 0.9
        and c not in {guessed, *(pair or "").split("+"), by_field.get("employer")}
    ]
    # A heading that only holds such a word, "Name of the venue", is asked about.
    unsure = not (said or pair) and match(guessed or "").get("client", (1.0,))[0] < _SURE
    if guessed is not None and guessed in columns and not (said or pair):
        # One name in every row may be the coach's.
        unsure = unsure or (columns[guessed].filled > 2 and len(columns[guessed].texts) == 1)
    answer = answers.get("client", guessed)
    if unsure or guessed is None or pair or rivals or "client" in answers:
        options = [c for c in columns if c not in {by_field["scheduled_at"], by_field.get("state")}]
        ask(
            "client",
            _(
                "Who is the client? Name a column, or write all: and who it is where all rows "
                "are of one."
            ),
            _("{column} or {other}").format(column=repr(guessed), other=repr(rivals[0]))
            if guessed and rivals
            else "",
            (*([pair] if pair else []), *options, ALL),
            None if unsure else guessed,
        )
    if answer is None:
        return {"same": "?"}
    if answer.casefold().startswith(ALL):
        who = answer[len(ALL) :].strip()
        return {"same": who, "pseudonymous": looks_pseudonymous([who])}
    names = [answer] if answer in columns else answer.split("+")
    texts = [text for name in names if name in columns for text in columns[name].texts]
    return {"columns": names, "pseudonymous": looks_pseudonymous(texts)}

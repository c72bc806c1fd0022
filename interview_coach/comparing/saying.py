"""How each moment speaks of what a comparison finds, and the short names of policies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interview_coach.comparing.moments import Moment
from interview_coach.language import N_, pgettext

__all__ = ["WORDS", "MomentWords", "quoted", "short_name"]


@dataclass(frozen=True)
class MomentWords:
    """How a moment speaks of what a comparison finds; each is a text that is translated when said.

    Attributes
    ----------
    held, held_same : str
        With which policies most interviews are held on the day; that all give as many.
    wait, wait_same : str
        With which policies the wait is short and long; that it is the same with all.
    talks, talks_same : str
        For whom the policy does not matter, after a list of `talks`: a cause and its share.
    matters : str
        That it matters for everybody.
    under : str
        Under which cause something is meant.
    line : str
        One policy's figures.
    more, as_often : str
        What a policy gives on the day beyond another.
    """

    held: str
    held_same: str
    wait: str
    wait_same: str
    talks: str
    talks_same: str
    matters: str
    under: str
    line: str
    more: str
    as_often: str


_THEIRS = MomentWords(
    held=N_("Most speak before the wait ends with {best}: {most}; fewest with {worst}: {least}."),
    held_same=N_("Most speak before the wait ends under none of these: all give {most}."),
    wait=N_(
        "The shortest wait is with {short}: {least} minutes on average; the longest with {long}: "
        "{most}."
    ),
    wait_same=N_("The wait is the same with all: {least} minutes on average."),
    talks=N_("{cause} ({share} speak that day)"),
    talks_same=N_(
        "As assumed, it does not matter for the talk that day which of these is followed where the "
        "reason is: {causes}."
    ),
    matters=N_("As assumed, it matters under every cause which of these is followed."),
    under=N_("When the reason is: {cause}"),
    line=N_(
        "{policy}: speak {connected}, completed {completed}, waiting {minutes} minutes, {calls} calls"
    ),
    more=N_("speak {value} points ({low} to {high})"),
    as_often=N_("speak as often"),
)
WORDS: Mapping[Moment, MomentWords] = {
    "silent_phone": _THEIRS,
    "nobody_answers": _THEIRS,
    "nobody_joins": replace(
        _THEIRS,
        talks=N_("{cause} ({share} are in touch that day)"),
        talks_same=N_(
            "As assumed, it does not matter for being in touch that day which of these is followed "
            "where the reason is: {causes}."
        ),
    ),
    "you_missed_it": MomentWords(
        held=N_(
            "Most interviews are held that same day with {best}: {most}; fewest with {worst}: "
            "{least}."
        ),
        held_same=N_(
            "Most interviews are held that same day under none of these: all give {most}."
        ),
        wait=N_(
            "The shortest time until you are in touch or stop is with {short}: {least} minutes on "
            "average; the longest with {long}: {most}."
        ),
        wait_same=N_(
            "The time until you are in touch or stop is the same with all: {least} minutes on average."
        ),
        talks=N_("{cause} ({share} are in touch that day)"),
        talks_same=N_(
            "As assumed, it does not matter for being in touch that day which of these is followed "
            "where they are: {causes}."
        ),
        matters=N_("As assumed, it matters wherever they are which of these is followed."),
        under=N_("When they are: {cause}"),
        line=N_(
            "{policy}: held that day {connected}, completed {completed}, in touch or stopped after "
            "{minutes} minutes, {calls} calls"
        ),
        more=N_("held that day {value} points ({low} to {high})"),
        as_often=N_("held that day as often"),
    ),
}


def short_name(key: str) -> str:
    """Give the short name of a policy as people read it; a coach's own stays as it was written."""
    shipped = {
        "guidance": pgettext("short name of a policy", "guidance"),
        "early": pgettext("short name of a policy", "early"),
        "late": pgettext("short name of a policy", "late"),
        "email-only": pgettext("short name of a policy", "email-only"),
        "call-thrice": pgettext("short name of a policy", "call-thrice"),
        "unconfirmed": pgettext("short name of a policy", "unconfirmed"),
        "same-caller": pgettext("short name of a policy", "same-caller"),
        "wait-only": pgettext("short name of a policy", "wait-only"),
        "write-only": pgettext("short name of a policy", "write-only"),
        "call-only": pgettext("short name of a policy", "call-only"),
        "tight-slot": pgettext("short name of a policy", "tight-slot"),
        "sleep-on-it": pgettext("short name of a policy", "sleep-on-it"),
        "say-nothing": pgettext("short name of a policy", "say-nothing"),
    }
    return shipped.get(key, key)


def quoted(key: str) -> str:
    """Give the short name of a policy for the middle of a sentence, in quotes where these need any."""
    name = short_name(key)
    if name == key:
        return name
    return pgettext("short name of a policy, within a sentence", "{name}").format(name=name)

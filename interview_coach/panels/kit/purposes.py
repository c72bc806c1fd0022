"""What each page is for, in two sentences, and the guide that tells more."""

from typing import NamedTuple

from interview_coach.language import N_

__all__ = ["PURPOSES", "Purpose"]


class Purpose(NamedTuple):
    """What a page is for.

    Attributes
    ----------
    says : tuple of str
        Two sentences; translated where they are shown.
    guide : str
        A key of `nav.GUIDES`.
    part : str
        The guide's part about this page: a heading's anchor.
    """

    says: tuple[str, str]
    guide: str
    part: str


# By key of `nav.PAGES`; the first page explains itself.
PURPOSES = {
    "today": Purpose(
        (
            N_("For the day itself: the agreed time has come, and you are not speaking."),
            N_(
                "Say what happened, and you get what to do this minute, what comes next, and the words for it."
            ),
        ),
        "client",
        "on-the-day",
    ),
    "practise": Purpose(
        (
            N_("A missed call to try out, as often as you like, with nothing at stake."),
            N_(
                "You decide minute by minute; afterwards you see what was hidden, and what the guidance says of each step."
            ),
        ),
        "client",
        "practise",
    ),
    "workshop": Purpose(
        (
            N_("For a group in one room: a call does not come, and the room votes on what to do."),
            N_("You reveal the votes, play both ways, and take a debrief and a handout from it."),
        ),
        "facilitator",
        "the-plan",
    ),
    "messages": Purpose(
        (
            N_("A voicemail, an email or a few words to say, written for you or by you."),
            N_(
                "Beside it you read what is still missing and which words may hurt; nothing is sent from here."
            ),
        ),
        "client",
        "the-message",
    ),
    "outcomes": Purpose(
        (
            N_(
                "What really happened with your clients' calls: one entry a call, or a whole file at once."
            ),
            N_("Every figure and every report counts what stands here; it stays on this computer."),
        ),
        "reports",
        "log-each-call",
    ),
    "reports": Purpose(
        (
            N_(
                "The figures of your log as a report: what changed, whether it may be noise, and what to do."
            ),
            N_(
                "Below, you write it as a file for yourself, or for a funder with small counts hidden."
            ),
        ),
        "reports",
        "hand-the-report-on",
    ),
    "explore": Purpose(
        (
            N_("One question at a time to your log: what to count, by what, over which days."),
            N_("Put what you find into the report, or take the picture along."),
        ),
        "reports",
        "look-closer",
    ),
    "compare": Purpose(
        (
            N_(
                "Advisers disagree on when to call and how long to hold; here each rule is set beside the others."
            ),
            N_(
                "The figures follow from assumptions that you can see and change; they predict nobody's call."
            ),
        ),
        "reports",
        "which-rule-works-better",
    ),
}

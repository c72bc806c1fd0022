"""All words of the phones' page, in one place: what it shows, and why something was not taken.

The page and the server read them here, in every language, since a phone learns its room's only when
it joins; ``{...}`` is filled in by the page.
"""

from typing import Any

from interview_coach.language import LANGUAGES, N_, _, speaking

__all__ = ["NO_SCRIPT", "REASONS", "WORDS", "spoken"]

NO_SCRIPT = N_(
    "This page needs JavaScript, which is switched off in your browser. Switch it on for this "
    "address and load the page again."
)

WORDS = {
    "title": N_("Join the room"),
    "lead": N_("Type the code that you see on the screen."),
    "code": N_("Code"),
    "codeHint": N_("Eight letters and digits. Small letters and spaces do not matter."),
    "name": N_("Your name"),
    "nameAsked": N_(
        "In this room you are asked for your name. The person who holds the workshop sees it "
        "beside your answers; the room does not."
    ),
    "noName": N_("Nobody asks for your name. What you send is counted, and not who sent it."),
    "named": N_(
        "You gave your name. The person who holds the workshop sees it beside your answers; the "
        "room does not."
    ),
    "join": N_("Join"),
    "joining": N_("Joining …"),
    "waiting": N_("You are in"),
    "waitingLead": N_("The next question comes here by itself. Until then, look up."),
    "choose": N_("What do you do?"),
    "chooseLead": N_("Nobody sees what you choose until the votes are revealed."),
    "chooseNamed": N_(
        "The room does not see what you choose until the votes are revealed, and never your name."
    ),
    "sending": N_("Sending …"),
    "voted": N_("Your vote is in. Until the vote is closed you can change it."),
    "yours": N_("your choice"),
    "notYet": N_("Not sent yet. It is sent as soon as the connection is back."),
    "counted": N_("The vote is closed. The result comes here when it is revealed."),
    "countedNone": N_(
        "The vote is closed. You had not voted; the next question comes here by itself."
    ),
    "result": N_("The result"),
    "resultOf": N_("{n} of {total}"),
    "write": N_("Your words"),
    "writeHint": N_(
        "Others may see them on the screen, and are not told whose they are. Use a name and a "
        "number that you make up."
    ),
    "send": N_("Send"),
    "sendAgain": N_("Send again"),
    "left": N_("{n} characters left"),
    "written": N_(
        "Your words are in. Until they are revealed you can change them and send them again."
    ),
    "empty": N_("Write something first; then send it."),
    "wordsCounted": N_("No more words are taken. What they hold comes here when it is revealed."),
    "yourDraft": N_("What you wrote"),
    "missing": N_("Missing"),
    "hurts": N_("May hurt"),
    "soundDraft": N_("Nothing is missing, and nothing may hurt."),
    "instead": N_("Instead:"),
    "closed": N_("This room is closed"),
    "closedLead": N_("Thank you. You can close this page."),
    "lost": N_("The connection is gone. Trying again …"),
    "lostLong": N_(
        "The room cannot be reached. Is your phone still in the same Wi-Fi? This page keeps "
        "trying by itself."
    ),
    "back": N_("Connected again."),
    "leave": N_("Join another room"),
}

REASONS = {
    "code": N_("No room has this code. Look at the screen and type it again."),
    "closed": N_("This room is closed."),
    "full": N_("This room is full."),
    "name": N_("In this room you are asked for your name. Type it, then join."),
    "slow": N_("That was too often in a short time. Wait half a minute, then try again."),
    "phone": N_("This phone is in no room. Join with the code on the screen."),
    "moved": N_("The room has gone on to something else."),
    "over": N_("The vote is closed already."),
    "long": N_("That is too long. Make it shorter, then send it again."),
    "wrong": N_("This was not understood. Load the page again."),
    "busy": N_("This could not be kept just now. It is sent again by itself."),
    "nothing": N_("There is nothing here."),
}


def spoken() -> dict[str, dict[str, Any]]:
    """Give all words in each language, by its code; the reasons are among them."""
    told = {}
    for language in LANGUAGES:
        with speaking(language):
            reasons = {key: _(text) for key, text in REASONS.items()}
            told[language] = {**{key: _(text) for key, text in WORDS.items()}, "reasons": reasons}
    return told

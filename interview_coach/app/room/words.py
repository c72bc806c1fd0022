"""All words of the phones' page, in one place: what it shows, and why something was not taken.

The page and the server read them here; ``{...}`` is filled in by the page.
"""

__all__ = ["LANGUAGE", "REASONS", "WORDS"]

LANGUAGE = "en"

WORDS = {
    "title": "Join the room",
    "lead": "Type the code that you see on the screen.",
    "code": "Code",
    "codeHint": "Eight letters and digits. Small letters and spaces do not matter.",
    "name": "Your name",
    "nameAsked": "In this room you are asked for your name. The person who holds the workshop sees it "
    "beside your answers; the room does not.",
    "noName": "Nobody asks for your name. What you send is counted, and not who sent it.",
    "named": "You gave your name. The person who holds the workshop sees it beside your answers; the "
    "room does not.",
    "join": "Join",
    "joining": "Joining …",
    "waiting": "You are in",
    "waitingLead": "The next question comes here by itself. Until then, look up.",
    "choose": "What do you do?",
    "chooseLead": "Nobody sees what you choose until the votes are revealed.",
    "chooseNamed": "The room does not see what you choose until the votes are revealed, and never your "
    "name.",
    "sending": "Sending …",
    "voted": "Your vote is in. Until the vote is closed you can change it.",
    "yours": "your choice",
    "notYet": "Not sent yet. It is sent as soon as the connection is back.",
    "counted": "The vote is closed. The result comes here when it is revealed.",
    "countedNone": "The vote is closed. You had not voted; the next question comes here by itself.",
    "result": "The result",
    "resultOf": "{n} of {total}",
    "write": "Your words",
    "writeHint": "Others may see them on the screen, and are not told whose they are. Use a name and a "
    "number that you make up.",
    "send": "Send",
    "sendAgain": "Send again",
    "left": "{n} characters left",
    "written": "Your words are in. Until they are revealed you can change them and send them again.",
    "empty": "Write something first; then send it.",
    "wordsCounted": "No more words are taken. What they hold comes here when it is revealed.",
    "yourDraft": "What you wrote",
    "missing": "Missing",
    "hurts": "May hurt",
    "soundDraft": "Nothing is missing, and nothing may hurt.",
    "instead": "Instead:",
    "closed": "This room is closed",
    "closedLead": "Thank you. You can close this page.",
    "lost": "The connection is gone. Trying again …",
    "lostLong": "The room cannot be reached. Is your phone still in the same Wi-Fi? This page keeps "
    "trying by itself.",
    "back": "Connected again.",
    "leave": "Join another room",
}

REASONS = {
    "code": "No room has this code. Look at the screen and type it again.",
    "closed": "This room is closed.",
    "full": "This room is full.",
    "name": "In this room you are asked for your name. Type it, then join.",
    "slow": "That was too often in a short time. Wait half a minute, then try again.",
    "phone": "This phone is in no room. Join with the code on the screen.",
    "moved": "The room has gone on to something else.",
    "over": "The vote is closed already.",
    "long": "That is too long. Make it shorter, then send it again.",
    "wrong": "This was not understood. Load the page again.",
    "busy": "This could not be kept just now. It is sent again by itself.",
    "nothing": "There is nothing here.",
}

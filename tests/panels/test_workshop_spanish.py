"""The workshop in Spanish: driven beside the English one, press by press, nothing English is left."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, speaking, use
from interview_coach.outcomes.rooms import Rooms
from interview_coach.outcomes.rooms.file import ROOMS_FILE
from interview_coach.panels.workshop import workshop_panel
from tests.panels.driving import inside
from tests.panels.phones import FIRST, Phone, tick

# What is the same in every language: addresses, a code, ids of sources, a title, the kit's name, and what was written in English.
SAME = re.compile(
    r"http\S+|[\dA-Z]{4} [\dA-Z]{4}|(?:[A-Z]\d+,? ?)+|Interview Coach"
    r"|How to Handle a Missed Job Interview Call"
    r"|You never call, which is unprofessional\.?|You never call|which is unprofessional\.?"
)
# Words that no Spanish sentence holds.
LEFT = re.compile(r"(?i)\b(?:and|from|is|it|of|on|the|they|to|was|with|you|your)\b")
WORDS = re.compile(r"[^\W\d_]{2,}.* [^\W\d_]{2,}")


def texts(page: Any) -> list[str]:
    """Give all that is seen or read out, in its order."""
    found = [page.title, page.lead]
    for one in inside(page):
        for name in ("description", "placeholder", "tooltip", "value"):
            value = getattr(one, name, "")
            if isinstance(value, str) and not (name == "value" and isinstance(one, widgets.Text)):
                marked = re.sub(r'\b(?:aria-label|alt|title)="([^"]*)"', r">\1<", value)
                found += [html.unescape(part).strip() for part in re.split(r"<[^>]*>|>|<", marked)]
        for option in getattr(one, "options", ()):
            found.append(str(option[0] if isinstance(option, tuple) else option))
    return [one for one in found if one]


def buttons(page: Any) -> list[Any]:
    return [one for one in inside(page) if isinstance(one, widgets.Button)]


class Both:
    """The same page in two languages."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._monkeypatch = folder, monkeypatch
        self.english, self.spanish = self._made("en"), self._made("es")

    def _made(self, language: str) -> Any:
        self._speak(language)
        return workshop_panel(str(self.folder / f"{language}.db"))

    def _speak(self, language: str) -> None:
        self._monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", language)
        self._monkeypatch.setenv(ROOMS_FILE, str(self.folder / f"rooms_{language}.db"))
        use(language)

    def notes(self) -> None:
        """Open both in a second window, as the facilitator does."""
        self.english, self.spanish = self._made("en"), self._made("es")
        self.press("My notes")

    def press(self, words: str) -> None:
        """Press a button, named in English, on both; then look at what is shown."""
        named = [one.description for one in buttons(self.english)]
        at = named.index(words)
        self._speak("es")
        buttons(self.spanish)[at].click()
        self._speak("en")
        buttons(self.english)[at].click()
        self.look()

    def look(self) -> None:
        """Find what is the same in both, or English in the Spanish one."""
        self._speak("es")
        tick(self.spanish)
        spanish = texts(self.spanish)
        self._speak("en")
        tick(self.english)
        english = texts(self.english)
        plain = [SAME.sub("", one) for one in spanish]
        assert [one for one in plain if LEFT.search(one)] == []
        assert {one for one in plain if WORDS.search(one)} & set(english) == set()
        assert [one for one in spanish if one.count("?") != one.count("¿")] == []
        assert [one for one in spanish if "{" in one] == []
        assert len(buttons(self.spanish)) == len(buttons(self.english))


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    yield Both(tmp_path, monkeypatch)
    use(ENGLISH)


def phone(both: Both, language: str) -> Phone:
    """Let a phone into the room of one of the pages, in which it hears that page's language."""
    page = both.spanish if language == "es" else both.english
    rooms = Rooms(both.folder / f"rooms_{language}.db")
    made = Phone(rooms._file, page.model.phones.room.code, "Ana")
    assert made.shows()["language"] == language
    return made


def test_a_round_by_hand_to_its_debrief_and_all_that_is_taken_home(both: Both) -> None:
    both.look()
    both.press(FIRST)
    both.press("Begin")
    assert both.spanish.title.startswith("Son las 14:05. La invitación dice 14:00, hoy.")
    for choice in ("Call the number she gave you", "Stop waiting for today"):
        both.press(choice)
    both.press("Reveal")
    assert "Empate (14:05): 1 de 2 eligió llamar y 1 de 2 eligió dejar de esperar." in texts(
        both.spanish
    )
    for words in (
        *(
            "What the guidance says",
            "The votes again",
            "Vote again",
            "Call the number she gave you",
        ),
        *(
            "Reveal",
            "What the guidance says",
            "Play the top choice",
            "Call the number she gave you",
        ),
        *(
            "Undo",
            "Call the number she gave you",
            "Reset",
            "Blank",
            "Show the screen again",
            "Reveal",
        ),
        "Play on to the end",
        *("The guidance's way", "All calls", "Debrief of all"),
        *("Make the handout", "Make a PDF", "Export the votes"),
    ):
        both.press(words)
    assert "14:05: 1 de 1 eligió llamar." in texts(both.spanish)
    both.notes()
    both.press("All calls")
    both.press("Go on to call 2")
    with pytest.raises(KitError, match=r"^Todavía no se ha contado ninguna mano"):
        both.press("Reset")
    with pytest.raises(KitError, match=r"^Escribe \d números, uno por opción y en su orden"):
        both.press("Set the counts")
    both.press("Reveal")
    both.press("Play on to the end")


def test_a_round_by_phone(both: Both) -> None:
    for words in (FIRST, "By phone", "Back", "By phone", "Open the room"):
        both.press(words)
    phones = [phone(both, "es"), phone(both, "en")]
    both.look()
    both.press("Go on")
    both.press("Begin")
    assert phones[0].shows()["asked"].startswith("Son las 14:05. ")
    assert ["wait:15", "Espera hasta las 14:15"] in phones[0].shows()["options"]
    for one in phones:
        one.send("call")
    both.press("Reveal")
    assert phones[0].shows()["result"]["finding"] == "14:05: 1 de 1 eligió llamar."
    both.press("Ask for words")
    both.press("Voicemail: nobody answers")
    for one in phones:
        one.send("You never call, which is unprofessional.")
    both.look()
    both.press("Reveal")
    assert phones[0].shows()["result"]["finding"] == "Llegó 1 mensaje."


def test_the_two_handouts_have_no_words_in_common(both: Both) -> None:
    from datetime import date

    from interview_coach.workshop.handout import handout, handout_html, handout_pdf

    for words in (FIRST, "Begin", "Call the number she gave you", "Reveal", "Play on to the end"):
        both.press(words)
    written = {}
    for language, page in (("en", both.english), ("es", both.spanish)):
        with speaking(language):
            model = page.model
            content = handout(model.session, date(2026, 3, 5), model.playbook)
            written[language] = handout_html(content)
            assert handout_pdf(content).startswith(b"%PDF")
    spanish, english = (
        {
            html.unescape(part).strip()
            for part in re.split(r"<[^>]*>", written[one].partition("</style>")[2])
        }
        for one in ("es", "en")
    )
    assert '<html lang="es">' in written["es"]
    assert "5 de marzo de 2026" in spanish
    # Titles of books and pages stay as they are printed.
    where = {source.where for source in both.english.model.playbook.sources.values()}
    assert {one for one in spanish & english if WORDS.search(one)} - where == set()

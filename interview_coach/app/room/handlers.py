"""What a phone can ask of the server: the page, to be let in, to answer, and to be told what is on.

Nothing of the coach's own server can be reached here: no kernel, no file, no page, no cookie. A body
must be declared as JSON, which a page from elsewhere cannot send without asking first, and is not allowed.
"""

import json
import time
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError, RequestHandler

from interview_coach.app.room.desk import Desk
from interview_coach.app.room.live import Live, Mailbox, letter
from interview_coach.app.room.words import NO_SCRIPT, REASONS, spoken
from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, speaking
from interview_coach.outcomes.rooms.answering import (
    LONGEST_NAME,
    LONGEST_WORDS,
    Refused,
    answer,
    join,
    mine,
    room_of,
    view,
)

__all__ = ["application", "page"]

T = TypeVar("T")
_PAGE = Path(__file__).parent / "phone"
_BEAT = 15.0  # seconds; a phone that hears nothing for three of them takes the connection for dead
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "  # unmarked: for browsers
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Server": "Interview Coach",
}
_STATUS = {
    **{"code": 404, "phone": 404, "nothing": 404, "closed": 410, "full": 503, "busy": 503},
    **{"name": 422, "slow": 429, "moved": 409, "over": 409, "long": 413, "wrong": 400},
}


def application(live: Live) -> Application:
    """Make the phones' own application, with nothing in it but the rooms."""
    given = {"live": live}
    return Application(
        [
            (r"/", Shown, {**given, "file": "phone.html", "kind": "text/html"}),
            (r"/phone.js", Shown, {**given, "file": "phone.js", "kind": "text/javascript"}),
            (r"/phone.css", Shown, {**given, "file": "phone.css", "kind": "text/css"}),
            (r"/join", Join, given),
            (r"/answer", Answer, given),
            (r"/state", State, given),
            (r"/events", Events, given),
        ],
        default_handler_class=Nothing,
        # Neither addresses nor phones are written down.
        log_function=lambda _handler: None,
    )


@cache
def page(file: str, language: str = ENGLISH) -> bytes:
    """Give a file of the phones' page, its words put in; it begins in a language, and knows them all."""
    text = (_PAGE / file).read_text(encoding="utf-8")
    if file == "phone.html":
        most = {"mostName": LONGEST_NAME, "mostWords": LONGEST_WORDS}
        told = {code: {**words, **most} for code, words in spoken().items()}
        # "<" would end the script that holds the words.
        words = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
        with speaking(language):
            text = text.replace("{{noscript}}", escape(_(NO_SCRIPT)))
        text = text.replace("{{language}}", language).replace("{{words}}", words)
    return text.encode()


class _Plain(RequestHandler):
    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        problem = kwargs.get("exc_info", (None, None, None))[1]
        reason = "wrong" if status_code < 500 else "busy"
        if isinstance(problem, Refused):
            reason = problem.reason
        elif status_code in {404, 405}:
            reason = "nothing"
        # The page says it in its own language; these words are for who reads the answers raw.
        self.set_status(_STATUS.get(reason, status_code) if status_code != 405 else 405)
        self.finish({"reason": reason, "says": REASONS[reason]})

    def log_exception(self, *about: Any) -> None:
        """Write nothing: what a phone sent wrong is no fault of ours, and may hold its words."""
        if not isinstance(about[1], Refused | KitError | HTTPError | StreamClosedError):
            super().log_exception(*about)


class Nothing(_Plain):
    """Says that there is nothing at an address."""

    def prepare(self) -> None:
        """Refuse, whatever is asked."""
        raise Refused("nothing")


class Shown(_Plain):
    """The page and what belongs to it."""

    def initialize(self, live: Live, file: str, kind: str) -> None:
        """Take what is to be shown."""
        self._live, self._file, self._kind = live, file, kind

    def get(self) -> None:
        """Give it; a browser may keep it, but asks whether it is still the same."""
        self.set_header("Content-Type", f"{self._kind}; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(page(self._file, self._live.language))


class _Room(_Plain):
    def initialize(self, live: Live) -> None:
        """Take the rooms."""
        self.live = live

    @property
    def desk(self) -> Desk:
        """The file of the rooms."""
        if self.live.desk is None:
            raise Refused("closed")  # its file was taken away a moment ago
        return self.live.desk

    def given(self, **kinds: type) -> list[Any]:
        """Read what was sent: an object of JSON with these values, each of its kind."""
        try:
            sent = json.loads(self.request.body)
            declared = self.request.headers.get("Content-Type", "").partition(";")[0].strip()
            if declared != "application/json":
                raise ValueError("not declared as JSON")
            values = [sent.get(name, kind()) for name, kind in kinds.items()]
        except (ValueError, AttributeError, RecursionError):
            raise Refused("wrong") from None
        for value, kind in zip(values, kinds.values(), strict=True):
            # True is an int to Python, and a lone surrogate a str that cannot be kept.
            if type(value) is not kind or (isinstance(value, str) and not _sound(value)):
                raise Refused("wrong")
        return values

    async def of_phone(self, phone: str, job: Callable[[Any], T], *, writes: bool = False) -> T:
        """Do something for a phone; an address from which unknown ones come is not listened to long."""
        address = self.request.remote_ip or ""
        if self.live.strangers.of(address, time.monotonic()).left(time.monotonic()) < 1:
            raise Refused("slow")
        try:
            done: T = await (self.desk.do(job) if writes else self.desk.look(job))
        except Refused as refused:
            if refused.reason == "phone":
                self.live.strangers.take(address, time.monotonic())
            raise
        return done


def _sound(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


class Join(_Room):
    """Lets a phone into a room."""

    async def post(self) -> None:
        """Take the code, and give what the phone is known by and what is asked now."""
        code, phone, name = self.given(code=str, phone=str, name=str)
        address, now = self.request.remote_ip or "", time.monotonic()
        if not self.live.guesses.listened_to(address, now):
            raise Refused("slow")
        if self.live.room_with(code) is None:
            # Noted before anything is waited for: many at once must not slip through together.
            self.live.guesses.missed(address, now)

        def let_in(run: Any) -> dict[str, Any]:
            room, known = join(run, code, phone, name, time.time())
            return {"phone": known, **view(run, room), "mine": mine(run, known, room)}

        self.finish(await self.desk.do(let_in))


class Answer(_Room):
    """Takes a vote, or words."""

    async def post(self) -> None:
        """Keep an answer; it is on the disk when this is answered."""
        phone, question, kind, said, turn = self.given(
            phone=str, question=int, kind=str, answer=str, turn=int
        )
        if not self.live.answers.take(phone, time.monotonic()):
            raise Refused("slow")
        kept = await self.of_phone(
            phone, lambda run: answer(run, phone, question, kind, said, turn), writes=True
        )
        self.finish({"kept": kept})


class State(_Room):
    """Tells a phone what is on, once."""

    async def get(self) -> None:
        """Give what is asked, and what this phone has answered to it."""
        self.finish(await self.of_phone(*self.visit()))

    def visit(self) -> tuple[str, Callable[[Any], dict[str, Any]]]:
        """Say which phone comes, and what it is told; one that comes too often is asked to wait."""
        phone = self.get_query_argument("phone", "")
        if not self.live.visits.take(phone, time.monotonic()):
            raise Refused("slow")

        def told(run: Any) -> dict[str, Any]:
            room = room_of(run, phone)
            return {**view(run, room), "mine": mine(run, phone, room)}

        return phone, told


class Events(State):
    """Tells a phone what is on, as long as it listens."""

    async def get(self) -> None:
        """Give what is asked now, then each change; a beat in between, so that silence means something."""
        phone, told = self.visit()
        room = await self.of_phone(phone, lambda run: room_of(run, phone))
        # First the mailbox, then the look: what changes in between is told twice, not never.
        mailbox = self._mailbox = self.live.enter(room, phone)
        try:
            self.set_header("Content-Type", "text/event-stream")
            self.write(letter(await self.of_phone(phone, told)))
            await self.flush()
            while True:
                news = await mailbox.take(_BEAT)
                if not news and mailbox.ended:
                    break
                self.write(news or b"event: beat\ndata: 1\n\n")
                await self.flush()
        except StreamClosedError:
            pass
        finally:
            self.live.leave(room, phone, mailbox)

    def on_connection_close(self) -> None:
        """Let go of a phone that has gone."""
        mailbox: Mailbox | None = getattr(self, "_mailbox", None)
        if mailbox is not None:
            mailbox.end()

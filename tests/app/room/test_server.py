"""The phones' server, asked over the network: what it lets in, what it tells and what it refuses."""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from interview_coach.app.room.handlers import page
from interview_coach.app.room.limits import Buckets, Guesses
from interview_coach.app.room.words import REASONS, WORDS
from interview_coach.language import LANGUAGES
from tests.app.room.serving import ASKED, NASTY, Server, until


def test_a_phone_joins_votes_changes_and_sees_the_result_only_when_it_is_revealed(
    served: Callable[..., None],
) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        status, told = await server.post("join", {"code": room.code.lower()})
        assert status == 200
        assert told == {
            **{"phone": told["phone"], "stage": "open", "question": 1, "kind": "choice"},
            **{"names": False, "language": "en", "mine": {"turn": 0}, **ASKED},
        }
        phone = told["phone"]
        assert await server.vote(phone, "wait", 1) == (200, {"kept": 1})
        assert await server.vote(phone, "call", 2) == (200, {"kept": 2})
        state = json.loads((await server.get(f"state?phone={phone}")).body)
        assert (state["stage"], state["mine"]) == ("open", {"turn": 2, "answer": "call"})
        assert "result" not in state
        assert server.rooms.count(room.room, 1) == {"call": 1}
        assert await server.vote(phone, "wait", 3) == (
            409,
            {"reason": "over", "says": "The vote is closed already."},
        )
        server.rooms.reveal(room.room, 1, {"finding": "1 of 1 called."})
        state = json.loads((await server.get(f"state?phone={phone}")).body)
        assert state["result"] == {"finding": "1 of 1 called."}

    served(work)


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"),
    [
        ("join", b"", 400, "wrong"),
        ("join", b"{", 400, "wrong"),
        ("join", b"\xff\xfe", 400, "wrong"),
        ("join", b"[" * 9000, 400, "wrong"),
        ("join", b"[]", 400, "wrong"),
        ("join", b"null", 400, "wrong"),
        ("join", b'{"code": 7}', 400, "wrong"),
        ("join", b'{"code": "\\ud800"}', 400, "wrong"),
        ("join", b'{"code": "BCDFGHJK"}', 404, "code"),
        ("join", b"{}", 404, "code"),
        ("answer", b"{}", 404, "phone"),
        ("answer", b'{"phone": "nobody", "question": 1, "answer": "wait"}', 404, "phone"),
        ("answer", b'{"question": true}', 400, "wrong"),
        ("answer", b'{"question": 1.5}', 400, "wrong"),
        ("answer", b'{"turn": NaN}', 400, "wrong"),
        ("elsewhere", b"{}", 404, "nothing"),
        ("../api/contents", b"{}", 404, "nothing"),
        ("api/kernels", b"{}", 404, "nothing"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    served: Callable[..., None], path: str, body: bytes, status: int, reason: str
) -> None:
    async def work(server: Server) -> None:
        await server.room()
        assert await server.post(path, body) == (
            status,
            {"reason": reason, "says": REASONS[reason]},
        )

    served(work)


def test_what_is_not_declared_as_json_is_not_read(served: Callable[..., None]) -> None:
    """A page from elsewhere can send a form without asking, but not JSON."""

    async def work(server: Server) -> None:
        room = await server.room()
        told = {"code": room.code}
        for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
            status, said = await server.post("join", told, **{"Content-Type": kind})
            assert (status, said["reason"]) == (400, "wrong")
        asked = await server.get("join", method="OPTIONS")
        assert asked.code == 405
        assert "Access-Control-Allow-Origin" not in asked.headers

    served(work)


def test_too_much_is_refused_and_the_server_lives_on(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        phone = await server.join(room)
        for size in (17_000, 3_000_000):
            with suppress(OSError):  # the connection may be cut while it is still being sent
                body = json.dumps({"phone": phone, "answer": "x" * size}).encode()
                came = await server.get(
                    "answer",
                    method="POST",
                    body=body,
                    headers={"Content-Type": "application/json"},
                )
                assert came.code >= 400
        words = {"phone": phone, "question": 1, "kind": "choice", "turn": 1, "answer": "x" * 2001}
        assert (await server.post("answer", words))[0] == 413
        assert (await server.vote(phone, "wait", 1))[0] == 200

    served(work)


def test_guessing_ends_soon_and_harms_nobody_who_is_in(
    served: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow this machine is: no try comes back while the test runs.
    monkeypatch.setattr(Guesses, "A_SECOND_FROM_ONE", 0.0)

    async def work(server: Server) -> None:
        room = await server.room()
        phone = await server.join(room)
        tried = await asyncio.gather(
            *(server.post("join", {"code": "BCDFGHJK"}) for _ in range(40))
        )
        reasons = [told["reason"] for _, told in tried]
        assert (reasons.count("code"), reasons.count("slow")) == (20, 20)
        # Not even a right code: else the limit would limit nothing.
        assert (await server.post("join", {"code": room.code}))[1]["reason"] == "slow"
        assert (await server.vote(phone, "wait", 1))[0] == 200

    served(work)


def test_a_phone_that_sends_too_often_is_asked_to_wait(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        server.live.answers = Buckets(most=20, a_second=0.0)
        phone = await server.join(await server.room())
        sent = [await server.vote(phone, "wait", turn) for turn in range(1, 22)]
        assert [status for status, _ in sent[:20]] == [200] * 20
        assert sent[20] == (429, {"reason": "slow", "says": REASONS["slow"]})

    served(work)


def test_names_are_asked_for_only_if_the_facilitator_does(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room(names=True)
        for none in ("", " \u200b ", "\u202e\u2060"):
            told = {"code": room.code, "name": none}
            assert (await server.post("join", told))[1]["reason"] == "name"
        phone = await server.join(room, name=NASTY[0])
        await server.vote(phone, "wait", 1)
        state = (await server.get(f"state?phone={phone}")).body.decode()
        assert json.loads(state)["names"] is True
        assert "alert" not in state
        assert server.rooms.names(room.room) == [NASTY[0]]

    served(work)


async def events(server: Server, phone: str) -> tuple["asyncio.Task[Any]", list[dict[str, Any]]]:
    """Listen to a stream; what was heard grows in the list."""
    heard: list[dict[str, Any]] = []

    def take(chunk: bytes) -> None:
        heard.extend(
            json.loads(line.removeprefix(b"data: "))
            for line in chunk.split(b"\n")
            if line.startswith(b"data: {")
        )

    listening = asyncio.create_task(
        server.get(f"events?phone={phone}", streaming_callback=take, request_timeout=60)
    )

    async def first() -> bool:
        return bool(heard)

    await until(first)
    return listening, heard


def test_a_stream_tells_each_change_and_the_end(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        await server.live.start()
        phone = await server.join(room)
        await server.vote(phone, "call", 1)
        listening, heard = await events(server, phone)
        assert heard[0]["mine"] == {"turn": 1, "answer": "call"}

        async def stage(wanted: str) -> None:
            async def there() -> bool:
                return bool(heard) and heard[-1]["stage"] == wanted

            await until(there)

        server.rooms.count(room.room, 1)
        await stage("counted")
        server.rooms.reveal(room.room, 1, {"finding": NASTY[0]})
        await stage("revealed")
        assert heard[-1]["result"]["finding"] == NASTY[0]
        server.rooms.ask_nothing(room.room)
        await stage("waiting")
        server.rooms.end(room.room)
        await stage("closed")
        assert (await listening).code == 200
        gone = {"reason": "closed", "says": "This room is closed."}
        assert await server.vote(phone, "wait", 2) == (410, gone)
        assert await server.post("join", {"code": room.code}) == (410, gone)
        state = await server.get(f"state?phone={phone}")
        assert (state.code, json.loads(state.body)) == (410, gone)

    served(work)


def test_a_phone_sees_its_own_room_only(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        other = server.rooms.open("another workshop")
        server.rooms.ask(other.room, "key", {"asked": "Something else", "options": [["a", "A"]]})
        await server.live.look()
        phone = await server.join(other)
        state = (await server.get(f"state?phone={phone}")).body.decode()
        assert "Something else" in state
        assert "What do you do?" not in state
        assert (await server.vote(phone, "wait", 1))[1]["reason"] == "wrong"
        assert server.rooms.count(room.room, 1) == {}

    served(work)


def test_a_phone_may_have_a_few_pages_open_and_the_oldest_gives_way(
    served: Callable[..., None],
) -> None:
    async def work(server: Server) -> None:
        await server.room()
        await server.live.start()
        room = server.rooms.of("w")
        assert room is not None
        phone = await server.join(room)
        streams = [await events(server, phone) for _ in range(5)]
        assert (await streams[0][0]).code == 200  # it has ended
        server.rooms.ask_nothing(room.room)

        async def told() -> bool:
            return all(heard[-1]["stage"] == "waiting" for _, heard in streams[1:])

        await until(told)
        assert [streams[0][1][-1]["stage"], *(task.done() for task, _ in streams[1:])] == [
            "open",
            *[False] * 4,
        ]
        for task, _ in streams:
            task.cancel()

    served(work)


def test_a_hundred_phones_at_once_lose_and_double_nothing(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        phones = await asyncio.gather(*(server.join(room) for _ in range(100)))
        assert len(set(phones)) == 100

        async def votes(phone: str) -> None:
            for turn, said in enumerate(("call", "call", "wait"), start=1):
                assert await server.vote(phone, said, turn) == (200, {"kept": turn})
            # Sent again, late: what is kept is told.
            assert await server.vote(phone, "call", 2) == (200, {"kept": 3})

        await asyncio.gather(*map(votes, phones))
        assert server.rooms.count(room.room, 1) == {"wait": 100}

    served(work)


def test_the_page_holds_all_words_and_asks_nothing_of_anybody_else(
    served: Callable[..., None],
) -> None:
    async def work(server: Server) -> None:
        await server.room()
        shown = await server.get("")
        html = shown.body.decode()
        words = html.partition('id="words">')[2].partition("</script>")[0]
        assert json.loads(words)["en"]["title"] == WORDS["title"]
        assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in shown.headers
        for name in ("phone.js", "phone.css"):
            assert (await server.get(name)).code == 200
            assert f'"{name}"' in html

    served(work)


def test_the_page_begins_in_the_language_of_the_latest_room_and_holds_all_of_them(
    served: Callable[..., None],
) -> None:
    async def work(server: Server) -> None:
        english = await server.room()
        assert '<html lang="en">' in (await server.get("")).body.decode()
        spanish = server.rooms.open("v", language="es")
        await server.live.look()
        html = (await server.get("")).body.decode()
        assert '<html lang="es">' in html
        assert "Esta página necesita JavaScript" in html
        words = json.loads(html.partition('id="words">')[2].partition("</script>")[0])
        assert set(words) == set(LANGUAGES)
        assert words["es"]["title"] == "Entra en la sala"
        assert words["es"]["reasons"]["over"] == "La votación ya está cerrada."
        assert words["en"]["reasons"] == REASONS
        for room, language in ((english, "en"), (spanish, "es")):
            _status, told = await server.post("join", {"code": room.code})
            assert told["language"] == language

    served(work)


def test_each_word_that_the_page_uses_is_there_and_each_that_is_there_is_used() -> None:
    script = page("phone.js").decode()
    used = set(re.findall(r"\bW\.(\w+)", script)) - {"reasons", "mostName", "mostWords"}
    assert used == set(WORDS)
    for reason in re.findall(r'reason === "(\w+)"', script):
        assert reason in REASONS
    assert "innerHTML" not in script
    assert "insertAdjacentHTML" not in script

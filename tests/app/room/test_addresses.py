"""The address that is shown is one that another device can use."""

import socket
from typing import Any

import pytest

from interview_coach.app.room import addresses


class _Way:
    def __init__(self, *_: Any) -> None:
        self._own = "127.0.0.1"

    def __enter__(self) -> "_Way":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, where: tuple[str, int]) -> None:
        if where[0] != "203.0.113.1":
            raise OSError("no way there")
        self._own = "192.168.1.20"

    def getsockname(self) -> tuple[str, int]:
        return self._own, 0


def test_the_likeliest_first_each_once_and_none_that_only_this_computer_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "socket", _Way)
    names: tuple[str, list[str], list[str]] = (
        "me",
        [],
        ["127.0.1.1", "10.0.0.5", "192.168.1.20", "169.254.3.3"],
    )
    monkeypatch.setattr(socket, "gethostbyname_ex", lambda _: names)
    assert addresses.network_addresses() == ("192.168.1.20", "10.0.0.5")


def test_in_no_network_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any) -> Any:
        raise socket.gaierror("no name")

    monkeypatch.setattr(addresses, "_ELSEWHERE", ())
    monkeypatch.setattr(socket, "gethostbyname_ex", nothing)
    assert addresses.network_addresses() == ()

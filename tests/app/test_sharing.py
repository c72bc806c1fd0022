"""Sharing: only with a token, at an address that others can use, and said in words who can do what."""

import io
import socket
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from interview_coach.app import network, sharing
from interview_coach.app.network import addresses, firewall, free_port
from interview_coach.app.serve import app_config, run_app
from interview_coach.app.serving import Serving
from interview_coach.app.sharing import Share, print_share, share_at
from interview_coach.errors import KitError
from interview_coach.panels.home import home_panel
from interview_coach.panels.kit.pages import _all_inside

Address = namedtuple("Address", "family address")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def cards(monkeypatch: pytest.MonkeyPatch, first: str, **of: tuple[bool, str]) -> None:
    """Give this computer network cards: name, whether it is up, its address."""
    up = {name: SimpleNamespace(isup=on) for name, (on, _) in of.items()}
    those = {
        name: [Address(socket.AF_INET, address), Address(socket.AF_INET6, "fe80::1")]
        for name, (_, address) in of.items()
    }
    monkeypatch.setattr(psutil, "net_if_stats", lambda: up)
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: those)
    monkeypatch.setattr(network, "_on_the_way", lambda: first)


def test_of_several_cards_the_one_that_leads_out_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cards(
        monkeypatch,
        "192.168.1.20",
        lo=(True, "127.0.0.1"),
        docker0=(True, "172.17.0.1"),
        eth0=(False, "10.0.0.9"),
        wlan0=(True, "192.168.1.20"),
        usb0=(True, "169.254.3.4"),
    )
    assert addresses() == ["192.168.1.20", "172.17.0.1"]
    assert share_at(8866, "key").links == (
        "http://192.168.1.20:8866/?token=key",
        "http://172.17.0.1:8866/?token=key",
    )


def test_without_a_network_it_is_one_sentence_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards(monkeypatch, "", lo=(True, "127.0.0.1"))
    with pytest.raises(KitError) as caught:
        run_app(tmp_path / "work", share=True, browser=False)
    assert str(caught.value) == (
        "This computer is in no network, so nobody else could reach the pages: join a Wi-Fi or plug in "
        "a cable, then try again, or leave --share out."
    )
    assert list(tmp_path.iterdir()) == []


def test_asking_for_the_way_out_gives_an_address_of_this_computer_or_none() -> None:
    assert all(one.count(".") == 3 and one != "0.0.0.0" for one in addresses())


def test_only_what_is_shared_is_bound_wide_and_never_without_a_token(tmp_path: Path) -> None:
    alone = app_config(tmp_path, port=1, token="key", browser=False)
    shared = app_config(tmp_path, port=1, token="key", browser=False, shared=True)
    again = app_config(tmp_path, port=1, token="key", browser=False, shared=True)
    assert (alone.ServerApp.ip, shared.ServerApp.ip) == ("127.0.0.1", "0.0.0.0")
    assert shared.IdentityProvider.token == "key"
    # Who was let in once is not let in by the next link: their cookie was signed with another secret.
    assert "cookie_secret" not in alone.ServerApp
    assert shared.ServerApp.cookie_secret != again.ServerApp.cookie_secret
    assert len(shared.ServerApp.cookie_secret) == 32


SHARE = Share(
    ("http://192.168.1.20:8866/?token=key", "http://10.0.0.3:8866/?token=key"),
    "The firewall of this computer (ufw) is on: sudo ufw allow 8866/tcp opens the way.",
)


def test_the_terminal_shows_link_code_and_who_can_do_what() -> None:
    out = Terminal()
    print_share(SHARE, out)
    said = out.getvalue()
    for words in (
        *SHARE.links,
        "▄▄▄",
        "anybody in this network who has the link",
        "read and change your outcome log",
        "run any program on this computer",
        "not encrypted",
        "A guest Wi-Fi often keeps devices apart.",
        "sudo ufw allow 8866/tcp",
    ):
        assert words in said
    assert "0.0.0.0" not in said


@pytest.mark.parametrize("encoding", ["cp1252", None])
def test_a_terminal_that_cannot_show_the_code_says_where_it_is(encoding: str | None) -> None:
    class Narrow(Terminal):
        pass

    out = Narrow()
    Narrow.encoding = encoding  # type: ignore[assignment]
    print_share(SHARE, out)
    assert "▄" not in out.getvalue()
    assert "The home page shows the link as a QR code." in out.getvalue()


def test_what_goes_to_a_file_holds_no_picture() -> None:
    out = io.StringIO()
    print_share(Share(SHARE.links[:1]), out)
    assert "▄" not in out.getvalue()
    assert "A firewall on this computer has to let Python through." in out.getvalue()
    assert "more than one network" not in out.getvalue()


@pytest.mark.parametrize(
    ("text", "on"), [("ENABLED=yes\n", True), ("# x\nENABLED=no\n", False), (None, False)]
)
def test_a_firewall_that_is_known_to_be_on_is_said(
    tmp_path: Path, text: str | None, on: bool
) -> None:
    if text is not None:
        (tmp_path / "ufw.conf").write_text(text)
    assert ("sudo ufw allow 8866/tcp" in firewall(8866, tmp_path / "ufw.conf")) is on


def test_the_home_page_shows_it_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def words() -> str:
        page = home_panel(str(tmp_path / "outcomes.db"))
        return " ".join(str(getattr(part, "value", "")) for part in _all_inside([page]))

    assert "Others can open these pages" not in words()
    monkeypatch.setenv("INTERVIEW_COACH_SHARED", "http://192.168.1.20:8866/?token=<key>")
    said = words()
    assert "Others can open these pages" in said
    assert "http://192.168.1.20:8866/?token=&lt;key&gt;" in said
    assert "QR code" in said
    assert "read and change your outcome log" in said


def test_the_port_of_last_time_is_taken_again_if_it_is_free() -> None:
    port = free_port()
    assert free_port(rather=port) == port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert free_port(rather=port) != port


def test_what_a_folder_remembers_holds_a_key_only_while_it_is_open(tmp_path: Path) -> None:
    (tmp_path / ".interview-coach").mkdir()
    file = tmp_path / ".interview-coach" / "serving.json"
    serving = Serving(tmp_path)
    assert (serving.port, serving.found()) == (0, "")
    with serving.noted(8866, "key", False):
        assert file.stat().st_mode & 0o777 == 0o600
        assert '"key"' in file.read_text()
        # Nobody answers there: it counts as closed, as after a crash.
        assert serving.found() == ""
    assert "key" not in file.read_text()
    assert Serving(tmp_path).port == 8866


@pytest.mark.parametrize("text", ["", "[]", "{", '{"port": "x"}', '{"port": 80, "token": 5}'])
def test_what_it_remembers_may_be_torn(tmp_path: Path, text: str) -> None:
    (tmp_path / ".interview-coach").mkdir()
    (tmp_path / ".interview-coach" / "serving.json").write_text(text)
    assert (Serving(tmp_path).port, Serving(tmp_path).found()) == (0, "")


def test_a_folder_that_cannot_be_written_is_opened_all_the_same(tmp_path: Path) -> None:
    (tmp_path / ".interview-coach").write_text("a file in its place")
    with Serving(tmp_path).noted(8866, "key", False):
        assert Serving(tmp_path).port == 0


def test_the_code_is_left_out_where_there_is_no_terminal() -> None:
    assert sharing._qr("http://192.168.1.20:8866/", io.StringIO()) == ""

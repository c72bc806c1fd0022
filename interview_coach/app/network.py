"""Where this computer can be reached: its addresses in the networks that it is in, and its ports."""

import os
import socket
from pathlib import Path

import psutil

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["HOST", "addresses", "firewall", "free_port"]

HOST = "127.0.0.1"
"""This computer, for itself alone."""

# A test address that nobody has (RFC 5737): asking the way to it sends nothing.
_ELSEWHERE = ("192.0.2.1", 9)
_UFW = Path("/etc/ufw/ufw.conf")


def addresses() -> list[str]:
    """List this computer's addresses in its networks, the one that its traffic takes first.

    Returns
    -------
    list of str
        IPv4; without loopback and without those that a computer gives itself when no network
        answers (169.254.*). Empty where there is no network.
    """
    cards = psutil.net_if_stats()
    found = [
        one.address
        for name, those in psutil.net_if_addrs().items()
        for one in those
        if one.family == socket.AF_INET
        and name in cards
        and cards[name].isup
        and not one.address.startswith(("127.", "169.254."))
    ]
    first = _on_the_way()
    return sorted(dict.fromkeys(found), key=lambda address: address != first)


def _on_the_way() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_ELSEWHERE)
        except OSError:
            return ""
        return str(asked.getsockname()[0])


def firewall(port: int, config: Path = _UFW) -> str:
    """Say how a firewall that is known to be on lets the port through; "" where none is known."""
    try:
        on = "enabled=yes" in config.read_text(encoding="utf-8").casefold()
    except (OSError, ValueError):
        return ""
    if not on:
        return ""
    # Translators: what stands before the colon is also said by itself.
    return _(
        "The firewall of this computer (ufw) is on: sudo ufw allow {port}/tcp opens the way, "
        "sudo ufw delete allow {port}/tcp closes it again."
    ).format(port=port)


def free_port(port: int = 0, host: str = HOST, *, rather: int = 0) -> int:
    """Give a port on this computer that is free.

    Parameters
    ----------
    port : int
        The wanted one; 0 for any.
    host : str
        The address that it is to be free at; "" for all of them.
    rather : int
        One to take, if it is free, where any will do; 0 for none.

    Raises
    ------
    KitError
        If it is taken, or no port at all.
    """
    if not 0 <= port <= 65535:
        raise KitError(
            _(
                "A port is a number from 1 to 65535, not {port}; leave it out for a free one."
            ).format(port=port)
        )
    for wanted in dict.fromkeys((port or rather, port)):
        with socket.socket() as trial:
            if os.name != "nt":
                # As the server does; on Windows it would take a port that is in use.
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, wanted))
            except OSError as problem:
                if wanted != port:
                    continue
                raise KitError(
                    _(
                        "Port {port} cannot be used ({reason}): Interview Coach may be open "
                        "already. Leave --port out for a free one."
                    ).format(port=port, reason=problem.strerror)
                ) from problem
            return int(trial.getsockname()[1])
    raise AssertionError  # the last one was tried or raised

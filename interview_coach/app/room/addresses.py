"""Under which addresses other devices in the same network reach this computer."""

import ipaddress
import socket
from contextlib import suppress

__all__ = ["network_addresses"]

# Nothing is sent there: asked for a way to it, the system says which of its own addresses it would use.
_ELSEWHERE = ("203.0.113.1", "10.255.255.255", "192.168.255.255", "172.31.255.255")


def network_addresses() -> tuple[str, ...]:
    """List this computer's IPv4 addresses in its networks, the likeliest first.

    Returns
    -------
    tuple of str
        Without those that only this computer knows; empty where it is in no network.
    """
    found: list[str] = []
    for elsewhere in _ELSEWHERE:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
            trial.connect((elsewhere, 9))
            found.append(trial.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return tuple(one for one in dict.fromkeys(found) if _of_a_network(one))


def _of_a_network(address: str) -> bool:
    read = ipaddress.ip_address(address)
    return not (read.is_loopback or read.is_link_local or read.is_unspecified)

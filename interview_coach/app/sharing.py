"""Sharing the pages with other devices in the network: the link, its QR code, and who can do what."""

import io
import sys
from dataclasses import dataclass
from typing import TextIO

import segno

from interview_coach.app.network import addresses, firewall
from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["Share", "print_share", "share_at"]


@dataclass(frozen=True, slots=True)
class Share:
    """How others reach the pages.

    Attributes
    ----------
    links : tuple of str
        With the token, one for each network that this computer is in; the likeliest first.
    firewall : str
        What to do about a firewall that is known to be on; "" otherwise.
    """

    links: tuple[str, ...]
    firewall: str = ""

    @property
    def link(self) -> str:
        """The one to hand on."""
        return self.links[0]


def share_at(port: int, token: str) -> Share:
    """Give the links under which others in the network reach the pages.

    Raises
    ------
    KitError
        If this computer is in no network.
    """
    found = addresses()
    if not found:
        raise KitError(
            _(
                "This computer is in no network, so nobody else could reach the pages: join a Wi-Fi or "
                "plug in a cable, then try again, or leave --share out."
            )
        )
    return Share(
        tuple(f"http://{address}:{port}/?token={token}" for address in found), firewall(port)
    )


def print_share(share: Share, to: TextIO | None = None) -> None:
    """Print link, QR code, and in words who can reach the pages and what they could do."""
    out = to or sys.stdout
    lines = [
        "",
        _("It is shared. On another device in the same network, open"),
        f"  {share.link}",
    ]
    if len(share.links) > 1:
        lines.append(_("This computer is in more than one network. From the others:"))
        lines += [f"  {link}" for link in share.links[1:]]
    print("\n".join(lines), file=out)
    if code := _qr(share.link, out):
        print(code, file=out)
    else:
        print(_("The home page shows the link as a QR code."), file=out)
    lines = [
        _(
            "Who can reach it: anybody in this network who has the link. It is a key: show it to "
            "nobody else."
        ),
        _(
            "What they can do: all that you can do on these pages. They read and change your outcome "
            "log, clients' names too; somebody skilled could run any program on this computer under "
            "your account. Share it only with people to whom you would hand this computer."
        ),
        _("What passes is not encrypted: share it in a network that you trust, not in a café."),
        _(
            "If a device does not get through: is it in the same network? A guest Wi-Fi often keeps "
            "devices apart. {firewall}"
        ).format(
            firewall=share.firewall or _("A firewall on this computer has to let Python through.")
        ),
        _(
            "Each page that somebody has open takes 100 to 200 MB of this computer's memory. The link "
            "ends when you close Interview Coach."
        ),
    ]
    print("\n".join(lines), file=out)


def _qr(link: str, out: TextIO) -> str:
    """Draw the link as a QR code, where the output is a terminal that can show it."""
    if not out.isatty():
        return ""
    try:
        "█▀▄".encode(getattr(out, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ""
    drawn = io.StringIO()
    segno.make(link, micro=False).terminal(out=drawn, compact=True)
    return drawn.getvalue()

"""The phones' own server: it takes no more connections than leave enough for the coach's pages.

Both live in one process, and so share what the computer lets a process have open. Without a limit,
anybody in the network who opens connections and says nothing would keep the pages from being answered.
"""

from collections import Counter
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

__all__ = ["Door", "most_connections"]

_FOR_PAGES = 500  # connections, files and kernels of the pages: some dozens each
_WHERE_NOT_SAID = 512  # Windows: what one call there can wait for


def most_connections() -> int:
    """Say how many connections phones may have together."""
    try:
        import resource
    except ImportError:
        most = _WHERE_NOT_SAID
    else:
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        if most == resource.RLIM_INFINITY:
            most = 1_000_000
    return max(most // 2, most - _FOR_PAGES)


class Door(HTTPServer):
    """A server that closes what is too much: above all, or above half of it from one address."""

    def initialize(self, *given: Any, **more: Any) -> None:
        """Begin with nobody there."""
        super().initialize(*given, **more)
        self._most, self._from = most_connections(), Counter[str]()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a connection, or close it."""
        there = self._from[address[0]]
        if self._from.total() >= self._most or there >= self._most // 2:
            stream.close()
            return
        self._from[address[0]] += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: object) -> None:
        """Let go of one that has ended."""
        super().on_close(server_conn)
        context: Any = server_conn.context  # type: ignore[attr-defined]
        self._from[context.address[0]] -= 1
        self._from += Counter()  # keeps those alone that are still there

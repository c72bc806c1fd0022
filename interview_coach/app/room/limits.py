"""How often a stranger may try a code, and a phone may send: buckets that fill again with time."""

from collections import OrderedDict

__all__ = ["Bucket", "Buckets", "Guesses"]

_LONGEST = 64  # characters; addresses and what phones are known by are shorter


class Bucket:
    """So many tries at once, and after them so many a second.

    Parameters
    ----------
    most : float
        Tries that may be made at once.
    a_second : float
        How fast they come back.
    now : float
        Seconds on any clock that only goes forward.
    """

    __slots__ = ("_a_second", "_at", "_left", "_most")

    def __init__(self, most: float, a_second: float, now: float) -> None:
        self._most, self._a_second = most, a_second
        self._left, self._at = most, now

    def left(self, now: float) -> float:
        """Say how many tries are left."""
        self._left = min(self._most, self._left + (now - self._at) * self._a_second)
        self._at = now
        return self._left

    def take(self, now: float) -> bool:
        """Take one try; False if none is left."""
        if self.left(now) < 1:
            return False
        self._left -= 1
        return True


class Buckets:
    """A bucket for each of many, of whom the one that was seen longest ago is forgotten first."""

    def __init__(self, most: float, a_second: float, *, kept: int = 10_000) -> None:
        self._most, self._a_second, self._kept = most, a_second, kept
        self._of: OrderedDict[str, Bucket] = OrderedDict()

    def of(self, who: str, now: float) -> Bucket:
        """Give somebody's bucket."""
        # Whoever knocks says who they are: as long a name as a request holds must not stay in memory.
        who = who[:_LONGEST]
        bucket = self._of.get(who)
        if bucket is None:
            bucket = self._of[who] = Bucket(self._most, self._a_second, now)
            if len(self._of) > self._kept:
                self._of.popitem(last=False)
        else:
            self._of.move_to_end(who)
        return bucket

    def take(self, who: str, now: float) -> bool:
        """Take one try of somebody's; False if none is left."""
        return self.of(who, now).take(now)


class Guesses:
    """How many wrong codes are listened to: few from one address, and not many from all together.

    Where none is left, right codes are not listened to either: else the limit would limit nothing.
    Phones that are in a room already are never asked for a code again.
    """

    MOST, A_SECOND = 60, 5.0
    MOST_FROM_ONE, A_SECOND_FROM_ONE = 20, 1 / 3

    def __init__(self, now: float) -> None:
        self._all = Bucket(self.MOST, self.A_SECOND, now)
        self._each = Buckets(self.MOST_FROM_ONE, self.A_SECOND_FROM_ONE)

    def listened_to(self, address: str, now: float) -> bool:
        """Say whether a code from this address is looked at now."""
        return self._all.left(now) >= 1 and self._each.of(address, now).left(now) >= 1

    def missed(self, address: str, now: float) -> None:
        """Note a wrong code."""
        self._all.take(now)
        self._each.take(address, now)

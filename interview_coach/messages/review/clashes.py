"""Whether the statements of when the writer is free can all hold (K3)."""

from dataclasses import replace

from interview_coach.messages.review.cues import Rules
from interview_coach.messages.review.parts import Draft
from interview_coach.messages.review.windows import DAY_END, TODAY, Statement, now_in, statements

__all__ = ["beyond", "contradictions"]

_SLACK = 5  # minutes: "about three" is three
_EVENING = 18 * 60  # where "all day" ends at the latest
_WHILE = 60  # minutes that are not all of an afternoon
_LEAST = 4 * 60  # a window without a beginning counts from so many minutes before its end


def contradictions(draft: Draft, rules: Rules) -> list[tuple[int, int]]:
    """Find ranges of the marked text that contradict what is said elsewhere; at most one."""
    now = now_in(draft)
    said = statements(draft, rules)
    for index, later in enumerate(said):
        if any(_clash(earlier, later, now) for earlier in said[:index]):
            return [(later.start, later.end)]
    return []


def beyond(draft: Draft, rules: Rules, minutes: int) -> list[tuple[int, int]]:
    """Find where a window of today ends at another time than the plan holds until.

    Parameters
    ----------
    draft, rules : Draft, Rules
        The draft, and the words that say when one is free.
    minutes : int
        Until when the plan holds, in minutes after midnight on the writer's clock.
    """
    return [
        (one.start, one.end)
        for one in statements(draft, rules)
        if one.free
        and _today(one)
        and one.closes is not None
        and one.opens is None
        and _apart(one.closes, minutes) > _SLACK
    ][:1]


def _today(one: Statement) -> bool:
    return not one.days or one.days == {TODAY}


def _apart(a: int, b: int) -> int:
    return abs((a - b + 360) % 720 - 360)  # half a day apart is the same time on a clock's face


def _same_day(a: Statement, b: Statement) -> bool:
    return bool(a.days & b.days) or (_today(a) and _today(b))


def _clash(a: Statement, b: Statement, now: int | None) -> bool:
    if a.free and b.free:
        return _two_windows(a, b, now)
    if not a.free and not b.free:
        return False
    free, busy = (a, b) if a.free else (b, a)
    if not _same_day(free, busy):
        return False
    return any(_overlap(free, one, now) for one in _readings(busy))


def _readings(one: Statement) -> tuple[Statement, ...]:
    """Give a stretch as read, and half a day later where morning or evening may be meant."""
    if not one.unsure:
        return (one,)
    later = {
        name: value + 720
        for name in ("opens", "closes")
        if (value := getattr(one, name)) is not None and value < 720
    }
    return (one, replace(one, **later)) if later else (one,)


def _two_windows(a: Statement, b: Statement, now: int | None) -> bool:
    if a.only and a.days and b.days and not b.spare and not a.days & b.days:
        return a.opens is None and a.closes is None  # "the only day", and another one offered
    if not (_today(a) and _today(b)) or b.spare or a.spare:
        return _outside_the_only(a, b)
    ends = [_end(one, now) for one in (a, b)]
    if all(one.opens is None for one in (a, b)) and None not in ends:
        return _apart(ends[0] or 0, ends[1] or 0) > _SLACK + 2
    if a.length is not None and b.length is not None:
        return a.length != b.length
    return (
        _outside_the_only(a, b)
        or _all_of_it(a, b)
        or _all_of_it(b, a)
        or bool(
            (a.whole and b.only and (b.closes or b.length))
            or (b.whole and a.only and (a.closes or a.length))
        )
    )


def _all_of_it(long: Statement, short: Statement) -> bool:
    """Whether one is free all afternoon (or all of today), and the other only for a while of it."""
    part = long.opens is not None and long.closes is not None
    if not long.whole or short.whole or not (part or long.days == {TODAY}):
        return False
    end = long.closes if long.closes is not None else _EVENING
    if short.length is not None:
        return short.length <= _WHILE
    return short.opens is None and short.closes is not None and short.closes <= end - 2 * _WHILE


def _outside_the_only(a: Statement, b: Statement) -> bool:
    for only, other in ((a, b), (b, a)):
        if only.only and only.closes is not None and _same_day(only, other) and not other.spare:
            end = other.closes if other.closes is not None else other.opens
            if end is not None and end > only.closes + 2 * _SLACK:
                return True
    return False


def _end(one: Statement, now: int | None) -> int | None:
    if one.closes is not None:
        return one.closes
    return now + one.length if now is not None and one.length is not None else None


def _stretch(one: Statement, now: int | None) -> tuple[int, int] | None:
    """Give a free stretch in minutes; None where it says too little."""
    if one.length is not None:
        return (now, now + one.length) if now is not None else None
    if one.opens is None and one.closes is None:
        return (0, DAY_END) if one.whole else None
    if one.opens is None:
        assert one.closes is not None
        begin = one.closes - _LEAST if now is None or now > one.closes else now
        return begin, one.closes
    return one.opens, one.closes if one.closes is not None else DAY_END


def _overlap(free: Statement, busy: Statement, now: int | None) -> bool:
    if busy.length is not None:  # busy so many minutes from now
        if not _today(free):
            return False
        if free.length is not None:
            return free.length > busy.length + _SLACK
        end = _end(free, now)
        return free.whole or (
            now is not None and end is not None and end > now + busy.length + _SLACK
        )
    if free.length is not None and now is None:
        return False
    if busy.opens is None and busy.closes is None:
        return busy.whole and (free.days == busy.days or not free.days - busy.days or _named(free))
    stretch = _stretch(free, now)
    if stretch is None:
        return False
    begin, end = stretch
    first = busy.opens if busy.opens is not None else 0
    last = busy.closes if busy.closes is not None else DAY_END
    if busy.unsure and busy.closes is None and first < begin:
        return False  # "at eight": in the morning, it would be over long ago
    if free.opens is not None and free.closes is None:
        # Away from three, and back from half past four; free from nine, but for lunch.
        return first <= free.opens < last - _SLACK and (
            busy.closes is not None or first >= free.opens - _SLACK
        )
    if free.opens is None and busy.opens is None and not free.whole:
        return last > end - _SLACK  # busy until five, then free until half past six
    return min(end, last) - max(begin, first) > _SLACK


def _named(free: Statement) -> bool:
    return len(free.days) <= 3 or free.whole

"""Guessing is slow, from one address and from all; a right code is not listened to in between either."""

import pytest

from interview_coach.app.room.limits import Bucket, Buckets, Guesses


def test_a_bucket_gives_so_many_and_fills_with_time() -> None:
    bucket = Bucket(3, 0.5, now=0.0)
    assert [bucket.take(0.0) for _ in range(4)] == [True, True, True, False]
    assert not bucket.take(1.9)
    assert bucket.take(2.0)
    assert bucket.left(1000.0) == 3


def test_each_has_a_bucket_and_the_one_seen_longest_ago_is_forgotten() -> None:
    buckets = Buckets(1, 0.0, kept=2)
    assert buckets.take("a", 0.0)
    assert buckets.take("b", 0.0)
    assert not buckets.take("a", 0.0)
    assert buckets.take("c", 0.0)  # b goes
    assert not buckets.take("a", 0.0)
    assert buckets.take("b", 0.0)


def test_a_long_name_is_not_kept_in_memory() -> None:
    buckets = Buckets(1, 0.0)
    assert buckets.take("x" * 60_000, 0.0)
    assert not buckets.take("x" * 60_001, 0.0)
    assert [len(who) for who in buckets._of] == [64]


@pytest.mark.parametrize(("seconds", "most"), [(0, 20), (3, 21), (300, 120)])
def test_one_address_guesses_no_oftener_than_it_may(seconds: int, most: int) -> None:
    guesses = Guesses(0.0)
    tried = 0
    for tick in range(seconds * 100 + 1):
        while guesses.listened_to("192.0.2.7", tick / 100):
            guesses.missed("192.0.2.7", tick / 100)
            tried += 1
    assert tried == pytest.approx(most, abs=1)
    assert guesses.listened_to("192.0.2.8", float(seconds))


def test_all_together_guess_no_oftener_than_they_may() -> None:
    guesses = Guesses(0.0)
    tried = 0
    for tick in range(1001):
        for address in range(100):
            if guesses.listened_to(str(address), tick / 100):
                guesses.missed(str(address), tick / 100)
                tried += 1
    assert tried == pytest.approx(Guesses.MOST + Guesses.A_SECOND * 10, abs=1)
    assert not guesses.listened_to("a new one", 10.0)

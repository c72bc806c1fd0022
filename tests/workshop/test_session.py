"""A workshop is its changes: counting, revealing, playing any way, undoing, and playing it again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.playbook import pick
from interview_coach.simulation import follow_the_guidance, run
from interview_coach.workshop import Change, Session, apply, decisions, replayed, ways
from interview_coach.workshop.decks import key_of
from interview_coach.workshop.session import settled
from tests.workshop.rooms import DECK, OPEN, PLAYBOOK, REVEAL, UNDO, hands, held


def test_hands_are_counted_up_and_down_and_never_below_none() -> None:
    session = held(OPEN, *hands({"call": 2}), *hands({"call": -5, "wait:15": 3}))
    assert session.tally.hands == {"call": 0, "wait:15": 3}
    assert session.tally.total == 3
    assert not session.tally.revealed


def test_a_count_is_set_at_once() -> None:
    session = held(OPEN, *hands({"call": 2}), Change(do="count", choice="call", hands=18))
    assert session.tally.hands == {"call": 18}


def test_a_revealed_vote_takes_no_more_hands_until_it_is_reset() -> None:
    session = held(OPEN, *hands({"call": 2}), REVEAL)
    with pytest.raises(KitError, match=r"^The votes are open already; reset the vote to count"):
        apply(session, Change(do="hand", choice="call", hands=1), PLAYBOOK)
    again = apply(session, Change(do="reset"), PLAYBOOK)
    assert (again.tally.total, again.tally.revealed) == (0, False)
    assert apply(again, Change(do="hand", choice="call", hands=1), PLAYBOOK).tally.total == 1


def test_undo_takes_back_the_last_thing_that_counts_whatever_it_was() -> None:
    before = [OPEN, *hands({"call": 2}), REVEAL]
    assert held(*before, UNDO) == held(*before[:-1])
    assert held(*before, UNDO, UNDO) == held(OPEN)
    played = Change(do="play", choice="call")
    assert held(*before, played, UNDO) == held(*before)
    assert held(UNDO) == held()


def test_each_decision_keeps_its_own_votes_when_going_back_and_forth() -> None:
    first = [OPEN, *hands({"call": 2}), REVEAL, Change(do="play", choice="call")]
    session = held(*first, *hands({"send_email": 1}))
    assert session.tally.hands == {"send_email": 1}
    back = held(*first, *hands({"send_email": 1}), Change(do="back"))
    assert (back.tally.hands, back.tally.revealed) == ({"call": 2}, True)
    other = held(*first, Change(do="back"), Change(do="play", choice="wait:15"))
    assert other.tally.total == 0
    assert [one.total for one in decisions(session, PLAYBOOK)] == [2, 1]


def test_back_before_the_first_decision_is_the_list_of_calls() -> None:
    session = held(OPEN, Change(do="back"))
    assert (session.at, session.play, session.node) == (None, None, None)


def test_another_call_and_back_again_is_where_it_was() -> None:
    on = [OPEN, Change(do="play", choice="call")]
    there = held(*on, Change(do="open", call=1), OPEN)
    assert there.paths[0] == held(*on).paths[0]
    assert there.play == held(*on).play


def test_the_room_s_way_the_guidance_s_and_another_are_told_apart() -> None:
    voted = [OPEN, *hands({"stop_waiting": 5, "wait:15": 1}), REVEAL]
    room = [*voted, Change(do="play", choice="stop_waiting")]
    guided = [*room, Change(do="back"), Change(do="play_on")]
    other = [
        *guided,
        Change(do="back_to", steps=2),
        Change(do="play", choice="call"),
        Change(do="play_on"),
    ]
    found = ways(held(*other), 0, PLAYBOOK)
    assert [(way.room, way.guidance) for way in found] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    story = DECK.stories[0]
    whole = run(story.scenario, story.call.seed, follow_the_guidance, PLAYBOOK, story.call.level)
    assert found[1].play.outcome == whole.outcome


def test_the_guidance_s_way_from_the_first_vote_is_one_change() -> None:
    played = [OPEN, Change(do="play", choice="stop_waiting")]
    session = held(*played, Change(do="play_on", steps=2))
    assert [way.guidance for way in ways(session, 0, PLAYBOOK)] == [False, True]
    assert held(*played, Change(do="play_on", steps=2), UNDO) == held(*played)


@pytest.mark.parametrize("steps", [None, 2])
def test_what_the_guidance_played_is_kept_as_it_was_under_other_rules(steps: int | None) -> None:
    before = held(OPEN, Change(do="play", choice="call"))
    change = settled(before, Change(do="play_on", steps=steps), PLAYBOOK)
    kept = Change.read(change.written())
    assert kept.played
    shown = apply(before, kept, PLAYBOOK)
    assert shown == apply(before, Change(do="play_on", steps=steps), PLAYBOOK)
    hurried = pick(PLAYBOOK, ("F4",))  # holds for half an hour, not for an hour
    assert apply(before, kept, hurried) == shown
    assert settled(before, REVEAL, PLAYBOOK) == REVEAL


def test_a_way_played_twice_is_one_way() -> None:
    again = [OPEN, Change(do="play_on"), Change(do="back_to", steps=2), Change(do="play_on")]
    assert len(ways(held(*again), 0, PLAYBOOK)) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            [Change(do="open", call=9)],
            "'First workshop: four calls' has no such call; it may have become shorter.",
        ),
        ([REVEAL], "There is nothing to vote on just now; open a call first."),
        ([*hands({"call": 1})], "There is nothing to vote on just now; open a call first."),
        ([Change(do="play", choice="call")], "There is no call to play just now; open one first."),
        ([Change(do="play_on")], "There is no call to play just now; open one first."),
        ([Change(do="back")], "There is no call to go back in just now; open one first."),
        (
            [OPEN, *hands({"thank": 1})],
            "'thank' is no choice here; the story may have changed since this was held.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(changes: list[Change], sentence: str) -> None:
    with pytest.raises(KitError) as caught:
        held(*changes)
    assert str(caught.value) == sentence


def test_a_choice_that_the_story_no_longer_has_says_so() -> None:
    with pytest.raises(KitError, match="the story may have changed since this was recorded"):
        held(OPEN, Change(do="play", choice="thank"))


@pytest.mark.parametrize("text", ["", "{}", '{"do": "dance"}', '{"do": "hand", "hands": 1e9}'])
def test_an_unreadable_change_asks_for_a_newer_kit(text: str) -> None:
    with pytest.raises(KitError, match="does not know; open it with a newer one"):
        Change.read(text)


def next_change(session: Session, data: st.DataObject) -> Change:
    """Draw something that a facilitator could do now."""
    options = ["open", "calls", "finish"]
    if session.at is not None:
        options += ["back", "play_on"]
    if session.node is not None:
        options += ["reset", "reveal", "play"]
        options += [] if session.tally.revealed else ["hand", "hand", "count"]
    do = data.draw(st.sampled_from(options))
    choice = None
    if do in {"hand", "count", "play"}:
        assert session.play is not None and session.story is not None
        put = session.story.put(session.play, PLAYBOOK)
        choice = key_of(data.draw(st.sampled_from(put)).action)
    return Change(
        do=do,
        choice=choice,
        call=data.draw(st.integers(0, 3)) if do == "open" else None,
        hands=data.draw(st.integers(-2, 30)) if do in {"hand", "count"} else None,
    )


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_workshop_opened_again_is_where_it_was_at_every_step(data: st.DataObject) -> None:
    session, done = held(), list[Change]()
    for _ in range(data.draw(st.integers(1, 15))):
        change = next_change(session, data)
        before = session
        session = apply(session, change, PLAYBOOK)
        done.append(Change.read(change.written()))
        assert replayed(DECK, "Spring", done, PLAYBOOK) == session
        assert replayed(DECK, "Spring", [*done, UNDO], PLAYBOOK) == before
        assert all(hand >= 0 for tally in session.tallies.values() for hand in tally.hands.values())

"""Where an answer goes: in a group never to others, and nowhere only what may vanish."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.commands import REVIEW
from bot.messages import (
    Button,
    Call,
    Incoming,
    Message,
    Place,
    Press,
    Reply,
    Sender,
    Sheet,
    Submission,
    Token,
    reply,
)
from bot.runtime.places import to_sender
from bot.runtime.post import Owed
from bot.runtime.turn import Turn
from storage.models import StoredCall
from storage.people import Known
from tests.dialogs.helpers import GROUP, stranger, visits
from tests.talk import MONDAY, Company, Phone, Shown, Someone, whispered, with_windows

ME = Sender("phone", "U1")
MINE = Place("phone", "test", "U1")
ONLY = Place("phone", "test", "group", private=False, only="U1 https://hook")
KNOWN = cast("Known", SimpleNamespace(
    person=SimpleNamespace(id=1), identity=SimpleNamespace(bot="test", chat="U1")
))  # fmt: skip


def form(*names: str) -> Sheet:
    return Sheet("Log", (), "Save", Call("submit", dict.fromkeys(names, "x")))


FORGOTTEN = "forgotten"


def turn(incoming: Incoming, *, whispers: bool = True, change: int | None = None) -> Turn:
    """What an answer's place depends on."""
    update: Any = SimpleNamespace(platform="phone", bot="test", external_id="7")
    adapter: Any = SimpleNamespace(whispers=whispers, forgets=lambda card: card == FORGOTTEN)
    work: Any = SimpleNamespace(author=SimpleNamespace(change_id=change))
    nothing: Any = None
    return Turn(nothing, nothing, update, adapter, incoming, work, MONDAY)


names = st.sampled_from(["", "window", "again"])
places = st.sampled_from([MINE, GROUP, ONLY])
cards = st.sampled_from(["", "card", FORGOTTEN])
incomings: st.SearchStrategy[Incoming] = st.one_of(
    st.builds(Message, st.just(ME), places, st.just("hi"), st.just(MONDAY),
              opens=names, window=names),
    st.builds(Press, st.just(ME), places, st.just("t"), st.just(MONDAY),
              cards, cards, opens=names, window=names),
    st.builds(Submission, st.just(ME), st.just(MINE), st.just("t"),
              st.just({}), st.just(MONDAY), cards, names),
)  # fmt: skip
turns = st.builds(turn, incomings, whispers=st.booleans(), change=st.sampled_from([None, 1]))
blocks = st.sampled_from([(), (form(),), (form(REVIEW),), reply(Button("Go", Call("x"))).blocks])
answers = st.builds(Reply, blocks, st.booleans(), st.booleans())


def is_read_by_others(owed: Owed) -> bool:
    return not (owed.window or owed.place.private or owed.place.only)


def is_pointer(owed: Owed) -> bool:
    return owed.name.endswith(":pointer")


@given(turns, answers)
def test_nothing_private_is_said_where_others_read(turn: Turn, answer: Reply) -> None:
    for owed in to_sender(turn, KNOWN, answer):
        assert not (answer.private and is_read_by_others(owed)) or is_pointer(owed)


@given(turns, answers)
def test_nothing_private_takes_the_place_of_what_others_read(turn: Turn, answer: Reply) -> None:
    here = turn.incoming.place
    shared = not (here.private or here.only)
    for owed in to_sender(turn, KNOWN, answer):
        assert not (owed.edit and shared and (answer.private or owed.window))


@given(turns, answers, st.sampled_from([KNOWN, None]))
def test_each_is_owed_under_a_name_of_its_own(
    turn: Turn, answer: Reply, known: Known | None
) -> None:
    owed = to_sender(turn, known, answer)
    assert owed
    assert len({each.name for each in owed}) == len(owed)
    assert turn.name in {each.name for each in owed}


@given(turns, answers)
def test_a_form_that_has_a_window_is_there_alone(turn: Turn, answer: Reply) -> None:
    has_form = any(isinstance(block, Sheet) for block in answer.blocks)
    owed = to_sender(turn, KNOWN, answer)
    if turn.window:
        assert owed[-1].window == turn.window
    elif has_form and turn.opens:
        assert [each.window for each in owed] == [turn.opens]
    else:
        assert not any(each.window for each in owed)
    if has_form and (turn.window or turn.opens):
        assert len(owed) == 1


@given(turns, answers)
def test_what_was_done_lasts(turn: Turn, answer: Reply) -> None:
    """Neither a window nor what is whispered is the only place where it stands."""
    has_form = any(isinstance(block, Sheet) for block in answer.blocks)
    here = turn.incoming.place
    if turn.work.author.change_id is None or has_form:
        return
    if turn.card == FORGOTTEN and not (here.private or here.only):
        return  # others never see such a card
    owed = to_sender(turn, KNOWN, answer)
    kept = [each for each in owed if not each.window and not each.place.only]
    assert any(each.edit != FORGOTTEN for each in kept)


@given(turns, answers)
def test_a_guest_is_whispered_to(turn: Turn, answer: Reply) -> None:
    if turn.adapter.whispers and answer.private:
        assert not any(is_read_by_others(each) for each in to_sender(turn, None, answer))


# On a platform that whispers


@pytest.fixture
def phone() -> Phone:
    return with_windows()


@pytest.fixture
async def ana(company: Company) -> Someone:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    return ana


def whisper(someone: Someone) -> Shown:
    """The newest that somebody alone sees in the group."""
    here = whispered(Place("phone", "test", "group", only=someone.id))
    return someone.company.phone.chats[here][-1]


def group(company: Company) -> list[Shown]:
    return company.phone.chats.get("group", [])


async def test_a_look_up_is_only_whispered(company: Company, ana: Someone) -> None:
    await ana.says("/me", place=GROUP)
    assert "Ana" in whisper(ana).text
    ana.sees_nothing()
    assert group(company) == []


async def test_what_was_done_is_whispered_and_kept(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme", place=GROUP)
    assert whisper(ana).reply == ana.last.reply
    ana.sees("Logged: Acme", "[Undo]")
    assert group(company) == []


async def test_a_press_in_one_place_spends_it_in_both(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme", place=GROUP)
    kept, alone = ana.last, Place("phone", "test", "group", private=False, only=ana.id)
    before = next(each for each in kept.buttons if each.label == "Undo")
    await ana.presses("Undo", on=whisper(ana), place=alone)
    assert await visits(company) == []
    assert before not in kept.buttons
    assert ana.screen == [kept]
    await ana.taps(before, kept)
    ana.sees("pressed already")
    async with company.database.read() as session:
        undos = (await session.scalars(select(StoredCall).where(StoredCall.label == "Undo"))).all()
    assert len(undos) == 1


async def test_what_is_to_be_decided_is_whispered_and_kept(company: Company, ana: Someone) -> None:
    await ana.says("visited Acme yesterday, went well", place=GROUP)
    ana.sees("What I understood", "[Save]")
    assert whisper(ana).buttons == ana.last.buttons
    assert group(company) == []


async def test_a_whispered_card_is_edited_where_it_is(company: Company, ana: Someone) -> None:
    await ana.says("visited Acme yesterday, went well", place=GROUP)
    card = whisper(ana)
    alone = Place("phone", "test", "group", private=False, only=ana.id)
    await ana.presses("Save", on=card, place=alone)
    assert card.edits == 1
    assert "Logged: Acme" in card.text
    ana.sees("Logged: Acme", "[Undo]")
    assert group(company) == []


async def test_a_stranger_in_a_group_is_whispered_to(company: Company) -> None:
    kim = stranger(company)
    await kim.says("/visit Acme", place=GROUP)
    assert "We haven't met yet" in whisper(kim).text
    kim.sees_nothing()
    assert group(company) == []


async def test_what_is_for_all_is_said_to_all(company: Company, ana: Someone) -> None:
    await ana.says("thanks", place=GROUP, addressed=True)
    assert len(group(company)) == 1


async def test_one_reply_to_two_people_is_a_card_for_each(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A button belongs to whom it was sent; the other could not press it."""
    bo = await company.hire("Bo")
    said = reply("Look", Button("Help", Call("help"), single=False))

    async def tells(context: Any, _form: object) -> Reply:
        context.tell(ana.person.id, said)  # type: ignore[union-attr]
        context.tell(bo.person.id, said)  # type: ignore[union-attr]
        return reply("told")

    command = company.runtime.book.by_word["me"]
    monkeypatch.setitem(command.__dict__, "handler", tells)
    await ana.says("/me")
    for one in (ana, bo):
        assert one.last.buttons
        (button,) = one.last.buttons
        assert isinstance(button.then, Token)
        await one.taps(button, one.last)
        assert "someone else's" not in one.last.text


@given(turns, answers)
def test_what_stands_twice_is_spare_but_once(turn: Turn, answer: Reply) -> None:
    """Where a whisper can't be shown, its copy is there already: it is not said twice."""
    owed = to_sender(turn, KNOWN, answer)
    assert any(not each.spare for each in owed)
    assert all(each.spare for each in owed if each.name.endswith(":whisper"))

"""Forms in windows beside the chat: where they go, what comes back, what nothing may cost."""

import pytest
from sqlalchemy import select

from bot.messages import Input, Press, Sheet, Token
from services.errors import FutureVisit
from storage.models import Draft, StoredCall
from tests.dialogs.helpers import GROUP, attachments, change, reminders, visits
from tests.talk import PHOTO, Company, Phone, Shown, Someone, with_windows

WINDOW, TRIGGER = "view:V1", "trigger:1.2"
SAID = "visited Acme yesterday, the demo went well"


@pytest.fixture
def phone() -> Phone:
    return with_windows()


@pytest.fixture(autouse=True)
async def _acme(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")


def window(company: Company, name: str = WINDOW) -> Shown:
    return company.phone.windows[name]


def form(company: Company, name: str = WINDOW) -> Sheet:
    return next(each for each in window(company, name).reply.blocks if isinstance(each, Sheet))


def inputs(company: Company, name: str = WINDOW) -> dict[str, Input]:
    return {each.name: each for each in form(company, name).inputs}


def filled(company: Company, name: str = WINDOW) -> dict[str, str]:
    return {each.name: each.value for each in form(company, name).inputs if each.value}


# Where a form goes


async def test_a_form_goes_to_the_window_that_waits(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=WINDOW, opens=TRIGGER)
    assert "account" in inputs(company)
    assert [*company.phone.windows] == [WINDOW]
    ana.sees_nothing()


async def test_without_one_it_goes_where_one_can_be_opened(company: Company, ana: Someone) -> None:
    await ana.says("/visit", opens=TRIGGER)
    assert "account" in inputs(company, TRIGGER)
    ana.sees_nothing()


async def test_else_it_is_asked_question_by_question(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    ana.sees("Which customer was it?")
    assert company.phone.windows == {}


async def test_what_is_no_form_opens_no_window(company: Company, ana: Someone) -> None:
    await ana.says("/me", opens=TRIGGER)
    ana.sees("Ana")
    assert company.phone.windows == {}


async def test_which_one_is_meant_is_asked_with_buttons_unless_a_window_waits(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme Berlin")
    await ana.says("/visit Acm", opens=TRIGGER)
    ana.sees("[Acme] [Acme Berlin]")
    assert company.phone.windows == {}
    await ana.says("/visit Acm", window=WINDOW)
    assert inputs(company)["account"].error


async def test_a_refusal_shows_in_the_window_that_waits(company: Company, bo: Someone) -> None:
    await change(company, bo, active=False)
    await bo.says("/visit", window=WINDOW)
    assert "We haven't met yet" in window(company).text
    bo.sees_nothing()


async def test_an_error_shows_in_the_window_that_waits(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise LookupError("a bug")

    monkeypatch.setattr("bot.runtime.sheets.sheet", broken)
    await ana.says("/visit", window=WINDOW)
    assert "Something went wrong on my side" in window(company).text
    ana.sees_nothing()


async def test_what_was_done_from_a_window_stands_in_the_chat_too(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Acme", window=WINDOW)
    assert "Logged: Acme" in window(company).text
    ana.sees("Logged: Acme", "[Undo]")
    (button,) = [each for each in ana.last.buttons if each.label == "Undo"]
    assert button in window(company).buttons


# What is sent back


async def test_a_form_closes_over_its_result_which_stands_in_the_chat(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit", window=WINDOW)
    await ana.sends(WINDOW, account="Acme", note="kept")
    ana.sees("Logged: Acme", "Note: kept")
    assert "Logged: Acme" in window(company).text
    assert len(await visits(company)) == 1


async def test_a_mistake_comes_back_and_the_same_form_may_be_sent_again(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit", window=WINDOW)
    first = form(company).then
    assert isinstance(first, Token)
    await ana.sends(WINDOW, account="Zyx", at="nonsense", note="kept", token=first.value)
    assert inputs(company)["account"].error
    assert inputs(company)["at"].error
    assert filled(company)["note"] == "kept"
    ana.sees_nothing()
    await ana.sends(WINDOW, account="Acme", note="kept", token=first.value)
    ana.sees("Logged: Acme")


async def test_a_form_that_was_saved_is_not_saved_again(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=WINDOW)
    company.phone.windows["copy"] = window(company)
    await ana.sends(WINDOW, account="Acme")
    await ana.sends("copy", account="Acme")
    ana.sees("pressed already")
    assert len(await visits(company)) == 1


async def test_somebody_else_s_form_is_not_sent(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await ana.says("/visit", window=WINDOW)
    await bo.sends(WINDOW, account="Acme")
    bo.sees("someone else's")
    assert await visits(company) == []


async def test_a_refused_form_stays_as_it_is_filled_in(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise FutureVisit(at=company.now)

    await ana.says("/visit", window=WINDOW)
    first = form(company).then
    assert isinstance(first, Token)
    with monkeypatch.context() as patched:
        patched.setattr("services.visits.log", refuse)
        await ana.sends(WINDOW, account="Acme", note="long words")
    assert "That's still ahead" in inputs(company)["account"].error
    assert filled(company) == {"account": "Acme", "note": "long words"}
    ana.sees_nothing()
    await ana.sends(WINDOW, account="Acme", note="long words", token=first.value)
    ana.sees("Logged: Acme", "long words")


async def test_a_form_that_met_a_bug_stays_as_it_is_filled_in(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise LookupError("a bug")

    await ana.says("/visit", window=WINDOW)
    monkeypatch.setattr("services.visits.log", broken)
    await ana.sends(WINDOW, account="Acme", note="long words")
    assert "Something went wrong on my side" in inputs(company)["account"].error
    assert filled(company)["note"] == "long words"
    monkeypatch.setattr("bot.runtime.answering.sheets.read_all", broken)
    await ana.sends(WINDOW, account="Acme", note="long words")
    ana.sees("Something went wrong on my side")


async def test_a_form_that_is_too_long_stays_as_it_is_filled_in(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit", window=WINDOW)
    await ana.sends(WINDOW, account="Acme", note="a" * 2_500, next_step="b" * 2_500)
    assert "more than 4,000 characters" in inputs(company)["account"].error
    assert filled(company)["note"] == "a" * 2_500
    ana.sees_nothing()


async def test_who_may_not_fill_it_in_any_more_is_told_so(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=WINDOW)
    await change(company, ana, active=False)
    await ana.sends(WINDOW, account="Acme")
    assert "We haven't met yet" in window(company).text
    assert await visits(company) == []


async def test_a_window_without_a_card_writes_no_card_anew(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=WINDOW)
    await ana.sends(WINDOW, account="Acme")
    before = len(ana.screen)
    undo = next(each for each in window(company).buttons if each.label == "Undo")
    await ana.taps(undo, window(company), card="", ack="", window=WINDOW)
    assert "undone" in window(company).text.lower()
    assert [shown.edits for shown in ana.screen] == [0] * (before + 1)
    assert await visits(company) == []


# Reviews


async def reviewed(company: Company, ana: Someone, label: str = "Edit") -> Shown:
    """What was said, understood and shown; its card."""
    await ana.says(SAID)
    card = ana.last
    await ana.presses(label, on=card, opens=TRIGGER)
    return card


async def test_edit_opens_the_whole_form_with_what_was_understood(
    company: Company, ana: Someone
) -> None:
    await reviewed(company, ana)
    assert filled(company, TRIGGER)["account"] == "Acme"
    assert filled(company, TRIGGER)["outcome"]
    assert not any(each.focus for each in form(company, TRIGGER).inputs)
    assert len(ana.screen) == 1


async def test_what_comes_of_it_takes_the_card_s_place(company: Company, ana: Someone) -> None:
    card = await reviewed(company, ana)
    assert window(company, TRIGGER).card == card.ref
    await ana.sends(TRIGGER, account="Acme", at="yesterday", note="changed")
    assert (card.edits, len(ana.screen)) == (1, 1)
    ana.sees("Logged: Acme", "changed")


async def test_a_closed_window_costs_nothing(company: Company, ana: Someone) -> None:
    card = await reviewed(company, ana)
    await ana.presses("Edit", on=card, opens="trigger:again")
    assert filled(company, "trigger:again") == filled(company, TRIGGER)
    await ana.presses("Save", on=card)
    ana.sees("Logged: Acme")
    await ana.sends(TRIGGER, account="Acme")
    ana.sees("already")
    assert len(await visits(company)) == 1


async def test_a_pencil_opens_the_form_at_its_question(company: Company, ana: Someone) -> None:
    company.phone.window_pace = None
    await ana.says(SAID)
    company.phone.window_pace = company.phone.pace
    pencil = next(each for each in ana.last.buttons if each.label.startswith("✎ Outcome"))
    await ana.taps(pencil, ana.last, opens=TRIGGER)
    assert [each.name for each in form(company, TRIGGER).inputs if each.focus] == ["outcome"]
    assert filled(company, TRIGGER)["account"] == "Acme"


async def test_files_and_the_review_s_name_travel_through_the_form(
    company: Company, ana: Someone
) -> None:
    await ana.says(SAID, files=(PHOTO,))
    card = ana.last
    await ana.presses("Edit", on=card, opens=TRIGGER)
    await ana.sends(TRIGGER, account="Zyx")
    await ana.sends(TRIGGER, account="Acme")
    ana.sees("Logged: Acme")
    (kept,) = await attachments(company)
    assert kept.ref == PHOTO.ref
    async with company.database.read() as session:
        rows = (await session.scalars(select(StoredCall).where(StoredCall.review != ""))).all()
    assert len({each.review for each in rows}) == 1
    assert all(each.used_at for each in rows if each.single_use)


async def test_a_card_that_only_led_to_the_form_stays(company: Company, ana: Someone) -> None:
    await ana.says("/home")
    await ana.presses("Log a visit", opens=TRIGGER)
    assert window(company, TRIGGER).card == ""
    await ana.sends(TRIGGER, account="Acme")
    assert [shown.edits for shown in ana.screen] == [0, 0]
    ana.sees("Logged: Acme")


# A question that is asked in the chat, and goes on in a window


async def test_a_question_goes_on_in_a_window_which_may_be_closed(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme Berlin")
    await ana.says("/visit")
    card = ana.last
    await ana.presses("Acme", on=card, opens=TRIGGER)
    assert filled(company, TRIGGER)["account"] == "Acme"
    await ana.sends(TRIGGER, account="Acme", note="from the window")
    ana.sees("Logged: Acme", "from the window")
    assert (card.edits, len(ana.screen)) == (1, 1)
    async with company.database.read() as session:
        assert list(await session.scalars(select(Draft))) == []


# Shortcuts, whose words are for one command


@pytest.mark.parametrize(
    ("language", "words", "note"),
    [
        ("en", "visited Acme yesterday, the demo went well", "the demo went well"),
        ("zh", "昨天拜访了Acme，演示顺利", "演示顺利"),
    ],
)
async def test_a_visit_s_words_fill_in_its_form(
    company: Company, ana: Someone, language: str, words: str, note: str
) -> None:
    await change(company, ana, language=language)
    await ana.says(words, command="visit", window=WINDOW)
    known = filled(company)
    assert known["account"] == "Acme"
    assert note in known["note"]
    assert inputs(company)["at"].stored.startswith("2026-03-01")
    ana.sees_nothing()
    assert await visits(company) == []
    await ana.sends(WINDOW, None, **known)
    assert [each.note for each in await visits(company)] == [known["note"]]


@pytest.mark.parametrize(
    ("language", "words", "text", "at"),
    [
        ("en", "call Dr Wang tomorrow 9am", "call Dr Wang", "2026-03-03 09:00"),
        ("zh", "明天上午9点给王主任打电话", "给王主任打电话", "2026-03-03 09:00"),
        ("en", "please remind me to call Acme on Friday", "call Acme", "2026-03-06"),
    ],
)
async def test_a_reminder_s_words_fill_in_its_form(  # noqa: PLR0917 - each is a column of the table
    company: Company, ana: Someone, language: str, words: str, text: str, at: str
) -> None:
    await change(company, ana, language=language)
    await ana.says(words, command="remind", window=WINDOW)
    assert text in filled(company)["text"]
    assert inputs(company)["due"].stored == at
    assert await reminders(company) == []
    await ana.sends(WINDOW, None, **filled(company))
    (kept,) = await reminders(company)
    assert text in kept.text


@pytest.mark.parametrize("words", ["lorem ipsum dolor", "嗯嗯啊啊的话"])
async def test_words_that_mean_nothing_go_into_the_note(
    company: Company, ana: Someone, words: str
) -> None:
    await ana.says(words, command="visit", window=WINDOW)
    assert filled(company)["note"] == words
    assert inputs(company)["account"].value == ""
    ana.sees_nothing()


@pytest.mark.parametrize("command", ["visit", "remind"])
async def test_a_shortcut_without_words_opens_an_empty_form(
    company: Company, ana: Someone, command: str
) -> None:
    await ana.says(command=command, window=WINDOW)
    assert filled(company) == {}


async def test_a_shortcut_is_judged_by_the_role(company: Company, ana: Someone) -> None:
    await change(company, ana, active=False)
    await ana.says("visited Acme", command="visit", window=WINDOW)
    assert "We haven't met yet" in window(company).text


# Nothing private in a group


async def test_a_form_from_a_card_of_all_replaces_nothing_there(
    company: Company, ana: Someone
) -> None:
    """What comes of a form is the sender's alone, and never stands where others read."""
    await ana.says(SAID)
    card = ana.last
    await ana.presses("Edit", on=card, opens=TRIGGER, place=GROUP)
    assert window(company, TRIGGER).card == ""
    await ana.sends(TRIGGER, account="Acme")
    assert card.edits == 0


async def test_a_form_s_token_is_nobody_else_s_button(
    company: Company, rui: Someone, ana: Someone
) -> None:
    await ana.says("/visit", opens=TRIGGER)
    then = form(company, TRIGGER).then
    assert isinstance(then, Token)
    await company.happen(Press(rui.sender, rui.place, then.value, company.now, "", ""))
    rui.sees("someone else's")


async def test_a_note_longer_than_its_field_keeps_its_end(company: Company, ana: Someone) -> None:
    long = "note " + "word " * 680 + "THE END"
    await ana.says(long, command="visit", window="w")
    shown = company.phone.windows["w"]
    sheet = next(block for block in shown.reply.blocks if isinstance(block, Sheet))
    note = next(each for each in sheet.inputs if each.name == "note")
    assert len(note.value) == 3_000
    await ana.sends("w", {"account": "1"}, note=note.value.replace("note", "memo", 1))
    [visit] = await visits(company)
    assert visit.note.endswith("THE END")
    assert len(visit.note) == len(long)

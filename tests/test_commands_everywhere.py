"""What holds for every command, also for those that are not written yet."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from telegram import InlineKeyboardMarkup

import handlers
from bot.adapters.playground.render import blocks
from bot.adapters.telegram.html import units
from bot.adapters.telegram.packing import BUTTONS, CAPTION, TEXT, pack
from bot.adapters.telegram.render import render
from bot.commands import Book, Command, Context, collect, command
from bot.forms import Form
from bot.markdown import Markdown
from bot.messages import Button, Image, Place, Press, Reply, Text, reply
from bot.phrases import LANGUAGES, _, label, language, speaking
from bot.runtime.adapter import Outgoing
from bot.words import HOLDERS
from storage.calls import store_calls
from storage.models import Role
from tests.dialogs.helpers import change, stranger
from tests.talk import EVERYTHING, Company, Phone, Someone

BOOK = collect(handlers)
NAMES = [each.name for each in BOOK.commands]
RESTRICTED = [each.name for each in BOOK.commands if each.allow > Role.GUEST]
CALLBACK = 64


class Close(Form):
    """Close the quarter."""


@command("close", allow=Role.MANAGER, order=95)
async def close_quarter(context: Context, _form: Close) -> Reply:
    return reply("Closed.")


async def press(company: Company, someone: Someone, name: str) -> None:
    """Press a button of a command, made while it was allowed."""
    assert someone.person
    token = f"token-{name}-{someone.id}"
    row = {
        "token": token,
        "card": token,
        "command": name,
        "answers": {},
        "label": name,
        "person_id": someone.person.id,
        "single_use": True,
        "expires_at": company.now + timedelta(days=1),
        "used_at": None,
    }
    async with company.database.begin() as session:
        await store_calls(session, [row])
    await company.happen(Press(someone.sender, someone.place, token, company.now, "1"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_says_what_it_does(name: str, spoken: str) -> None:
    each = BOOK.by_word[name]
    with speaking(spoken):
        said = label(each.summary)
        assert language() == "en" or said != each.summary
    assert 0 < len(said) <= 72
    assert said.endswith((".", "。"))
    assert "\n" not in each.summary


@pytest.mark.parametrize("name", [each.name for each in BOOK.commands if each.order])
@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_it_has_help(company: Company, name: str, spoken: str) -> None:
    each = BOOK.by_word[name]
    kim = await company.hire("Kim", Role.HQ, language=spoken)
    await kim.says(f"/help {name}")
    with speaking(spoken):
        kim.sees(f"/{name}", label(each.summary), *(_said(each)))
    await kim.says("/help")
    kim.sees(f"/{name}")


def _said(each: Command[Form]) -> list[str]:
    questions = each.form.questions
    parted = len(questions) > 1 and any(question.required for question in questions)
    return [label(question.label) for question in questions] if parted else []


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_said_in_chinese(name: str) -> None:
    each = BOOK.by_word[name]
    if each.order:
        assert any(not word.isascii() for word in each.aliases)


@pytest.mark.parametrize("name", RESTRICTED)
async def test_guests_and_the_dismissed_are_refused(company: Company, name: str) -> None:
    kim = stranger(company)
    await kim.says(f"/{name}")
    kim.sees("We haven't met yet")
    ana = await company.hire("Ana", Role.HQ)
    await change(company, ana, active=False)
    await ana.says(f"/{name}")
    ana.sees("We haven't met yet")
    await press(company, ana, name)
    ana.sees("We haven't met yet")


@pytest.mark.parametrize("name", RESTRICTED)
async def test_whoever_has_less_than_its_role_is_refused(company: Company, name: str) -> None:
    allow = BOOK.by_word[name].allow
    for role in (each for each in Role if each < allow):
        ana = await company.hire("Ana", Role.HQ)
        await change(company, ana, role=role)
        await ana.says(f"/{name}")
        ana.sees(f"That is for {HOLDERS[allow.name.lower()]}.")
        await press(company, ana, name)
        ana.sees(f"That is for {HOLDERS[allow.name.lower()]}.")


@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_a_command_for_managers_is_no_rep_s(company: Company, spoken: str) -> None:
    book = Book({**BOOK.by_word, "close": close_quarter})
    company.runtime = replace(company.runtime, book=book)
    ana = await company.hire("Ana", Role.REP, language=spoken)
    rui = await company.hire("Rui", Role.MANAGER, language=spoken)
    await rui.says("/close")
    rui.sees("Closed.")
    await ana.says("/close")
    with speaking(spoken):
        refused = label(
            "That is for {role}. If you need it, ask your manager.", role=_("managers")
        )
    ana.sees(refused)
    await ana.says("/help close")
    assert "/close" not in ana.last.text
    await ana.says("/clos")
    assert "/close" not in ana.last.text
    await change(company, rui, role=Role.REP)
    await press(company, rui, "close")
    rui.sees(refused)


def check_telegram(shown: Reply) -> None:
    """Every message is within what Telegram takes."""
    parts = pack(shown)
    assert parts
    for part in parts:
        first = part.blocks[0]
        match first:
            case Text(text):
                assert 0 < units(text) <= TEXT
            case Image(_file, alt):
                assert units(Markdown(alt)) <= CAPTION
        request = render(Outgoing(1, Place("telegram", "bot", "1"), part))
        markup = request.arguments.get("reply_markup")
        if isinstance(markup, InlineKeyboardMarkup):
            buttons = [button for row in markup.inline_keyboard for button in row]
            assert 0 < len(buttons) <= BUTTONS
            for button in buttons:
                assert button.text
                assert len(str(button.callback_data).encode()) <= CALLBACK


def check_playground(shown: Reply) -> None:
    """Every block is JSON that the page draws, in a frame that it takes."""
    drawn = json.dumps(blocks(shown), ensure_ascii=False)
    assert len(drawn.encode()) < 256 * 1024


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
async def test_its_bare_reply_shows_on_every_platform(
    company: Company, name: str, spoken: str, whole: bool
) -> None:
    company.phone.renders = EVERYTHING if whole else Phone().renders
    kim = await company.hire("Kim", Role.HQ, language=spoken)
    for number in range(6):
        await company.open_account(kim, f"*{number}* {'名称很长的客户' * 17}"[:120])
    for said in (f"/{name}", f"/help {name}"):
        await kim.says(said)
        check_playground(kim.last.reply)
        if not whole or not kim.last.text.startswith("["):
            check_telegram(kim.last.reply)
        assert "reference" not in kim.last.text
        assert "我这边出错了" not in kim.last.text


@pytest.mark.parametrize("name", NAMES)
async def test_any_words_after_it_are_answered(company: Company, name: str) -> None:
    """No line breaks a command; whatever is not understood is asked for."""
    kim = await company.hire("Kim", Role.HQ)
    await company.open_account(kim, "Acme")
    for line in (
        ":",
        "：",
        '"',
        "note:",
        "name:",
        "account: when:",
        "a:b https://x.example",
        "，",
    ):
        await kim.says(f"/{name} {line}")
        assert "reference" not in kim.last.text, f"/{name} {line}"


def test_words_of_commands_are_lower_case_and_their_own() -> None:
    assert sorted(BOOK.by_word) == sorted({word.lower() for word in BOOK.by_word})
    assert all(BOOK.by_word[each.name] is each for each in BOOK.commands)


def test_a_button_that_runs_a_command_keeps_what_it_binds() -> None:
    each = BOOK.by_word["undo"]
    assert Button("Undo", each.call(change=7)).then == each.call(change=7)
    assert each.call(change=7).answers == {"change": "7"}
    assert each.call(change=None).answers == {}

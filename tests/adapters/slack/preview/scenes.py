"""Cards that the bot really makes: people talk with it, and what they see is kept."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import handlers
from bot.adapters.slack import views
from bot.adapters.slack.blocks import to_blocks
from bot.adapters.slack.packing import pack
from bot.adapters.slack.slashes import spelled
from bot.commands import collect
from bot.markdown import markdown, plain
from bot.messages import Button, File, Image, Opened, Reply, Sheet, Table, Token, reply
from bot.phrases import speaking
from storage.engine import connect
from storage.models import Base
from tests.adapters.slack.preview import paper
from tests.talk import EVERYTHING, NO_LIMIT, Company, Phone, Someone

SAYS = {
    "en": (
        "/help",
        "/account Acme",
        "visited Acme, met Li Wei, demo went well, follow up in two weeks, deal to proposal 50k",
        "/visit Acme yesterday 3pm Li Wei liked the demo, wants a quote for *20* seats by Friday",
        "/remind call Bolt about the contract tomorrow 9am",
        "/remind send the offer to Acme today 5pm",
        "/remind prepare the demo today 6pm",
        "/reminders",
        "/account Acm",
        "/settings",
        "/visits",
        "/visit",
    ),
    "zh": (
        "/帮助",
        "/客户 华东医院",
        "拜访了华东医院王主任，演示顺利，下周二下午3点回访，商机推进到报价 5万",
        "/拜访 华东医院 昨天下午3点 王主任对演示很满意，周五前要20个座位的报价",
        "/提醒 给三一打电话谈合同 明天上午9点",
        "/提醒 给华东医院发报价 今天下午5点",
        "/提醒 准备演示 今天下午6点",
        "/待办",
        "/设置",
        "/拜访",
    ),
}
ACCOUNTS = {"en": ("Acme", "Acme East", "Bolt"), "zh": ("华东医院", "三一重工", "明天集团")}
BOOK = collect(handlers)
EDITS = {"Edit", "修改"}
WINDOW = "view:1"
TOLD = {
    "en": ("This week", "Here is how the team stands.", ("Rep", "Visits", "Quota")),
    "zh": ("本周", "这是团队目前的情况。", ("销售", "拜访", "完成率")),
}


@dataclass(frozen=True)
class Scene:
    """One picture: what it shows, as HTML."""

    name: str
    body: str


async def scenes(folder: Path) -> AsyncIterator[Scene]:
    """Everything there is to look at, in both languages."""
    for language in SAYS:
        database = connect(f"sqlite+aiosqlite:///{folder / language}.db")
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        company = Company(database, Phone(renders=EVERYTHING, window_pace=NO_LIMIT))
        someone = await company.hire("林" if language == "zh" else "Ana", language=language)
        for name in ACCOUNTS[language]:
            await company.open_account(someone, name)
        async for scene in _spoken(company, someone, language):
            yield scene
        yield Scene(f"{language}-table", shown(_numbers(language), language))
        yield Scene(f"{language}-loading", paper.view(views.loading(language)))
        yield await _home(company, someone, language)
        await database.close()


async def _spoken(company: Company, someone: Someone, language: str) -> AsyncIterator[Scene]:
    for number, text in enumerate(SAYS[language][:-1], 1):
        before = len(someone.screen)
        await someone.says(text)
        body = "".join(shown(each.reply, language) for each in someone.screen[before:])
        yield Scene(f"{language}-{number:02}-{text.split()[0].strip('/')[:6]}", body)
        if edit := next((b for b in someone.last.buttons if b.label in EDITS), None):
            await someone.taps(edit, someone.last, window=WINDOW)
            yield _window(company, f"{language}-{number:02}-edit", language)
    await someone.says(SAYS[language][-1], window=WINDOW)
    yield _window(company, f"{language}-form", language)
    await someone.sends(WINDOW)
    yield _window(company, f"{language}-form-again", language)


def _window(company: Company, name: str, language: str) -> Scene:
    return Scene(name, shown(company.phone.windows[WINDOW].reply, language))


async def _home(company: Company, someone: Someone, language: str) -> Scene:
    await company.happen(Opened(someone.sender, someone.place, company.now, WINDOW))
    page = spelled(company.phone.windows[WINDOW].reply, _is_command)
    with speaking(language):
        return Scene(f"{language}-home", paper.view(views.home(page)))


def _numbers(language: str) -> Reply:
    title, said, headers = TOLD[language]
    rows = (("Ana", "12", "86%"), ("李伟", "7", "41%"), ("Mirza", "19", "104%"))
    return reply(f"{title}: {said}", Table(headers, rows), Button("More", Token("m")))


def shown(whole: Reply, language: str) -> str:
    """A reply as the messages and windows that it becomes."""
    with speaking(language):
        return "".join(_one(card, language) for card in pack(spelled(whole, _is_command)))


def _is_command(text: str) -> bool:
    return text.removeprefix("/") in BOOK.by_word


def _one(card: Reply, language: str) -> str:
    match card.blocks[0]:
        case Sheet() as sheet:
            return paper.view(views.modal(sheet, language))
        case Image(file, alt):
            return paper.picture(file.name, plain(markdown(alt)))
        case File(name=name):
            return paper.picture(name, "")
        case _:
            return paper.message(to_blocks(card))

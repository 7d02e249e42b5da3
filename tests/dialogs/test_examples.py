"""Every example of every command, pasted as it stands."""

from itertools import product

import pytest

import handlers
from bot.commands import collect
from bot.markdown import parse
from bot.messages import Text
from bot.phrases import LANGUAGES
from storage.models import Role
from tests.talk import Company, Someone

BOOK = collect(handlers)
COMMANDS = [each.name for each in BOOK.commands if each.examples]
FAILED = ("didn't get", "没看懂", "Did you mean", "你是想", "?", "？", "wrong", "出错")


@pytest.mark.parametrize(("name", "language"), list(product(COMMANDS, LANGUAGES)))
async def test_it_works(company: Company, name: str, language: str) -> None:
    for unit, colleagues in (("East", ("Ana", "Ben")), ("华东", ("小王", "小李"))):
        for each in colleagues:
            await company.open_account(await company.hire(each, unit=unit), f"{each} & Co")
    role = Role.HQ if BOOK.by_word[name].allow > Role.REP else Role.REP
    kim = await company.hire("Kim", role, language=language)
    await company.open_account(kim, "三一重工, East & Co")
    await kim.says(f"/help {name}")
    examples = shown(kim)
    assert len(examples) == len(BOOK.by_word[name].examples)
    for example in examples:
        await kim.says(example)
        assert not any(word in kim.last.text for word in FAILED), f"{example}: {kim.last.text}"
        assert "✎" not in kim.last.text, f"{example}: {kim.last.text}"


def shown(someone: Someone) -> list[str]:
    """The examples on the card, as a thumb copies them: what is set as code."""
    texts = [block.markdown for block in someone.last.reply.blocks if isinstance(block, Text)]
    lines = "\n".join(texts).split("\n")
    return ["".join(span.text for span in parse(line)) for line in lines if line.startswith("`")]


async def test_the_long_one_says_it_all(company: Company) -> None:
    for language, said in (
        ("en", ["yesterday 15:00", "Demo", "Went well", "send the quote"]),
        ("zh", ["昨天 15:00", "演示", "顺利", "发报价"]),
    ):
        kim = await company.hire("Kim", language=language)
        await company.open_account(kim, "Acme")
        await kim.says("/help visit")
        await kim.says(shown(kim)[-1])
        kim.sees(*said)

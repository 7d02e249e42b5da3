"""Known names in a text: one look-up, one's own first, and no word taken for a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from services import accounts
from services.mentions import LONGEST, MOST, candidates
from services.names import fold
from storage.models import Person, Role
from storage.work import Work
from tests.services.conftest import Hire


@pytest.fixture
async def ana(hire: Hire) -> Person:
    return await hire("Ana")


@pytest.fixture
async def bo(hire: Hire) -> Person:
    return await hire("Bo", unit="West")


async def named(work: Work, person: Person, text: str) -> list[tuple[str, str]]:
    """What is written in the text, and what the company calls it."""
    found = await accounts.mentioned(work, person, text)
    assert [text[each.start : each.end] for each in found] == [each.text for each in found]
    return [(each.text, each.match.accounts[0].name) for each in found]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("visited Acme Ltd today", "Acme Ltd"),
        ("visited ACME, went well", "ACME"),
        ("at acme's yard", "acme"),
        ("拜访了acme的王总", "acme"),
        ("ａｃｍｅ 拜访了", "ａｃｍｅ"),
    ],
)
async def test_a_name_in_a_sentence(work: Work, ana: Person, text: str, written: str) -> None:
    await accounts.create(work, ana, "Acme Ltd")
    assert await named(work, ana, text) == [(written, "Acme Ltd")]


@pytest.mark.parametrize(
    "text",
    [
        "昨天去了华东医院见王主任",
        "华东医院，演示顺利",
        "拜访华东医院，下周再去",
        "跟 华东医院 打了电话",
    ],
)
async def test_a_name_without_spaces(work: Work, ana: Person, text: str) -> None:
    await accounts.create(work, ana, "华东医院")
    assert await named(work, ana, text) == [("华东医院", "华东医院")]


@pytest.mark.parametrize("name", ["7天酒店", "明天集团", "三一重工", "周大福", "3M中国", "五月花"])
async def test_names_that_look_like_times(work: Work, ana: Person, name: str) -> None:
    await accounts.create(work, ana, name)
    assert await named(work, ana, f"明天下午3点去{name}谈合同") == [(name, name)]


async def test_tomorrow_is_tomorrow(work: Work, ana: Person) -> None:
    await accounts.create(work, ana, "明天集团")
    await accounts.create(work, ana, "周五酒店有限公司")
    assert await named(work, ana, "明天拜访华东医院，周五回访") == []
    assert await named(work, ana, "明天拜访明天集团") == [("明天集团", "明天集团")]


async def test_the_longest_name_is_meant(work: Work, ana: Person) -> None:
    for name in ("华东医院", "上海华东医院", "Acme", "Acme East"):
        await accounts.create(work, ana, name)
    found = await named(work, ana, "上海华东医院 and Acme East and acme")
    assert found == [
        ("上海华东医院", "上海华东医院"),
        ("Acme East", "Acme East"),
        ("acme", "Acme"),
    ]


async def test_one_s_own_comes_before_another_s(work: Work, ana: Person, bo: Person) -> None:
    await accounts.create(work, bo, "Acme East Coast")
    await accounts.create(work, ana, "Acme East")
    assert await named(work, ana, "at Acme East Coast") == [("Acme East", "Acme East")]
    assert await named(work, bo, "at Acme East Coast") == [("Acme East Coast", "Acme East Coast")]


async def test_two_of_one_name_are_in_doubt_and_one_s_own_is_not(
    work: Work, ana: Person, bo: Person, hire: Hire
) -> None:
    for owner in (ana, bo):
        await accounts.create(work, owner, "第一人民医院")
    [mine] = await accounts.mentioned(work, ana, "去了第一人民医院")
    assert (mine.mine, mine.match.certain) == (True, True)
    boss = await hire("Max", Role.HQ, unit="")
    [both] = await accounts.mentioned(work, boss, "去了第一人民医院")
    assert (both.match.certain, len(both.match.accounts)) == (False, 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Go", "we go there"),
        ("Will", "they will call"),
        ("ABC", "abc of it"),
        ("Sun", "in the sun"),
    ],
)
async def test_another_s_short_name_is_a_word(
    work: Work, ana: Person, bo: Person, name: str, text: str
) -> None:
    await accounts.create(work, bo, name if name != "Will" else "Wil")
    assert await named(work, ana, text) == []


async def test_one_s_own_short_name_needs_its_capital(work: Work, ana: Person) -> None:
    await accounts.create(work, ana, "Go")
    await accounts.create(work, ana, "3M")
    assert await named(work, ana, "we go to 3m") == [("3m", "3M")]
    assert await named(work, ana, "visited Go") == [("Go", "Go")]


async def test_a_sound_is_a_name_only_of_one_s_own(work: Work, ana: Person, bo: Person) -> None:
    await accounts.create(work, ana, "华东医院")
    await accounts.create(work, bo, "东方医院")
    assert await named(work, ana, "visited hdyy") == [("hdyy", "华东医院")]
    assert await named(work, ana, "visited dongfangyiyuan") == []


async def test_no_name_goes_on_over_the_end_of_a_sentence(work: Work, ana: Person) -> None:
    await accounts.create(work, ana, "Acme East")
    assert await named(work, ana, "was at Acme! East was closed") == []
    assert await named(work, ana, "去了Acme。East") == []


async def test_it_is_one_look_up(work: Work, ana: Person) -> None:
    await accounts.create(work, ana, "Acme")
    await accounts.mentioned(work, ana, "warm up")
    asked: list[str] = []
    engine = work.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    await accounts.mentioned(work, ana, "visited Acme and many others, " * 40)
    assert len(asked) == 1


async def test_nothing_named(work: Work, ana: Person) -> None:
    for text in ("", "。。。", "a", "!!!"):
        assert await named(work, ana, text) == []


@given(st.text(max_size=80))
def test_candidates_are_what_stands_there(text: str) -> None:
    for key, places in candidates(text).items():
        assert len(key) > 1
        for start, end in places:
            assert fold(text[start:end]) == key or not text[start:end].isascii()


def test_a_wall_of_text_has_a_bounded_number_of_candidates() -> None:
    assert len(candidates("华东医院很好" * 700)) <= MOST * LONGEST
    assert len(candidates(" ".join(f"word{n}" for n in range(2_000)))) <= MOST * LONGEST

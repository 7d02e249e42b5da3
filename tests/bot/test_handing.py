"""What is handed over, days off and deputies, as people type them."""

import pytest

from bot.answers import DAYS_OFF, DEPUTY, GOODS, RECIPIENT, SIGHTED
from bot.answers.handing import Everything
from bot.answers.spans import days_in_words
from bot.forms import Asking, InvalidAnswer
from bot.phrases import speaking
from services import accounts
from services.leaves import Days
from storage.models import Role
from storage.work import Work
from tests.services.conftest import Hire, hire, work  # noqa: F401 - fixtures
from tests.talk import MONDAY

TODAY = MONDAY.date()


@pytest.fixture
async def asking(work: Work, hire: Hire) -> Asking:  # noqa: F811 - the fixtures imported above
    rui = await hire("Rui", Role.MANAGER)
    ana = await hire("Ana")
    await hire("Ben")
    await hire("小李")
    for name in ("Acme", "All Saints", "华东医院"):
        await accounts.create(work, ana, name)
    return Asking(work, rui, MONDAY)


@pytest.mark.parametrize(
    ("line", "name", "left"),
    [
        ("Acme to Ben", "Acme", ["to", "Ben"]),
        ("All Saints to Ben", "All Saints", ["to", "Ben"]),
        ("华东医院 给 小李", "华东医院", ["给", "小李"]),
        ("把华东医院分给小李", "华东医院", ["分给小李"]),
        ("华东医院给小李", "华东医院", ["给小李"]),
    ],
)
async def test_an_account_at_the_head_of_a_line(
    asking: Asking, line: str, name: str, left: list[str]
) -> None:
    words = line.split()
    taken = await GOODS.take(words, asking)
    assert taken
    assert name == await GOODS.show(taken.stored, asking)
    rest = words[taken.words :]
    assert left == ([taken.left, *rest] if taken.left else rest)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("all of Ana's", "Ana"),
        ("All of Ana’s accounts", "Ana"),
        ("everything Ana has", "Ana"),
        ("all the customers of Ana", "Ana"),
        ("小李的全部客户", "小李"),
        ("把小李手上的所有客户", "小李"),
        ("Ana名下全部客户", "Ana"),
    ],
)
async def test_all_of_somebody_s(asking: Asking, text: str, name: str) -> None:
    found = await GOODS.read(text, asking)
    assert isinstance(found, Everything)
    assert name == found.person.name
    again = await GOODS.load(GOODS.dump(found), asking)
    assert isinstance(again, Everything)
    assert again.person is found.person
    seen = Everything(found.person, 7)
    assert GOODS.dump(seen) == GOODS.dump(await GOODS.load(GOODS.dump(seen), asking))


@pytest.mark.parametrize("text", ["all of Zoe's", "nobody", "所有客户"])
async def test_what_names_nothing(asking: Asking, text: str) -> None:
    with pytest.raises(InvalidAnswer):
        await GOODS.read(text, asking)


@pytest.mark.parametrize(
    "text", ["Ben", "to Ben", "for Ben", "-> Ben", "给 Ben", "分给Ben", "移交给Ben", "over to Ben"]
)
async def test_whom_it_goes_to(asking: Asking, text: str) -> None:
    assert (await RECIPIENT.read(text, asking)).name == "Ben"


@pytest.mark.parametrize(
    "text",
    [
        "小李",
        "deputy 小李",
        "代理人小李",
        "代理人：小李",
        "由小李代理",
        "covered by 小李",
        "请小李代班",
    ],
)
async def test_who_stands_in(asking: Asking, text: str) -> None:
    assert (await DEPUTY.read(text, asking)).name == "小李"


async def test_a_bare_name_in_a_manager_s_line_is_of_who_is_away(asking: Asking) -> None:
    assert await DEPUTY.take(["Ben"], asking) is None
    taken = await DEPUTY.take(["deputy", "Ben"], asking)
    assert taken
    assert taken.words == 2
    assert await DEPUTY.show(taken.stored, asking) == "Ben"


async def test_the_likely_ones_may_stand_in_for_whoever_it_is(asking: Asking) -> None:
    assert await DEPUTY.likely(asking) == []
    asking = Asking(asking.work, asking.person, MONDAY, {"person": str(asking.person.id + 1)})
    assert [each.label for each in await DEPUTY.likely(asking)] == ["Ben", "小李", "Rui"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-03-02", "2026-03-02"),
        ("明天", "2026-03-03", "2026-03-03"),
        ("4–14 Mar", "2026-03-04", "2026-03-14"),
        ("3月4日到14日", "2026-03-04", "2026-03-14"),
        ("28 Dec to 3 Jan", "2026-12-28", "2027-01-03"),
        ("next week", "2026-03-09", "2026-03-15"),
        ("下周一到下周三", "2026-03-09", "2026-03-11"),
        ("until Friday", "2026-03-02", "2026-03-06"),
        ("27 Feb to 5 Mar", "2026-02-27", "2026-03-05"),
        ("2026-12-01 to 2026-12-14", "2026-12-01", "2026-12-14"),
    ],
)
async def test_days_off(asking: Asking, text: str, first: str, last: str) -> None:
    stored = DAYS_OFF.dump(await DAYS_OFF.read(text, asking))
    assert f"{first}/{last}" == stored
    assert stored == DAYS_OFF.dump(await DAYS_OFF.load(stored, asking))
    assert stored == await DAYS_OFF.accept(stored, asking)


async def test_days_that_the_next_words_follow_at_once(asking: Asking) -> None:
    taken = await DAYS_OFF.take(["3月4日到14日代理人小李"], asking)
    assert taken
    assert (taken.stored, taken.left) == ("2026-03-04/2026-03-14", "代理人小李")


@pytest.mark.parametrize("text", ["soonish", "Ben", "", "5天"])
async def test_what_are_no_days(asking: Asking, text: str) -> None:
    with pytest.raises(InvalidAnswer):
        await DAYS_OFF.read(text, asking)


def test_days_in_words() -> None:
    span = Days(TODAY, TODAY.replace(day=14))
    with speaking("en"):
        assert days_in_words(span, TODAY) == "Mon 2 Mar – Sat 14 Mar"
        assert days_in_words(Days(TODAY, TODAY), TODAY) == "Mon 2 Mar"


async def test_nobody_types_where_they_were(asking: Asking) -> None:
    for act in (SIGHTED.read, SIGHTED.accept):
        with pytest.raises(InvalidAnswer):
            await act("there/10/1772416800", asking)
    assert await SIGHTED.take(["there/10/1772416800"], asking) is None

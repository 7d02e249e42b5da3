"""Whom a new account may be the same as, on what grounds, and how little is told of another's."""

import pytest

from services import accounts, duplicates
from services.duplicates import Told
from storage.duplicates import Mark
from storage.models import Role
from storage.work import Work
from tests.services.conftest import Hire

TAX = "91330100799655058B"


@pytest.mark.parametrize(
    ("known", "told", "mark"),
    [
        ({"name": "Acme"}, Told("ACME"), Mark.NAME),
        ({"name": "Acme"}, Told("Acme Ltd"), Mark.NAME),
        ({"name": "Acme Co. Ltd"}, Told("Acme"), Mark.NAME),
        ({"name": "Siemens"}, Told("Simens"), Mark.NAME),
        ({"name": "三一重工有限公司"}, Told("三一重工"), Mark.NAME),
        ({"name": "华东医院"}, Told("huadongyiyuan"), Mark.NAME),
        ({"name": "Huadong Yiyuan"}, Told("华东医院"), Mark.NAME),
        ({"name": "Crane", "aliases": ["鹤"]}, Told("Other", ["鹤"]), Mark.NAME),
        ({"name": "Crane", "aliases": ["鹤"]}, Told("鹤"), Mark.NAME),
        ({"name": "X", "phone": "+86 138 0013 8000"}, Told("Y", phone="13800138000"), Mark.PHONE),
        ({"name": "X", "tax_number": TAX}, Told("Y", tax_number=TAX), Mark.TAX_NUMBER),
        ({"name": "X", "code": "C-1"}, Told("Y", code="C-1"), Mark.CODE),
    ],
)
async def test_it_is_noticed(
    work: Work, hire: Hire, known: dict[str, str], told: Told, mark: Mark
) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    account = await accounts.create(work, bo, **known)  # type: ignore[arg-type]  # its own table
    [found] = await duplicates.suspects(work, ana, told)
    assert (found.account.id, found.account.owner, found.mark) == (account.id, "Bo", mark)
    assert (found.account.mine, found.account.open) == (False, False)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"name": "Acme"}, Told("Bluebird")),
        ({"name": "力宏"}, Told("立宏")),
        ({"name": "X", "phone": "10086"}, Told("Y", phone="10086")),
        ({"name": "X"}, Told("Y")),
        ({"name": "X", "phone": ""}, Told("Y", phone="ask for Li")),
        ({"name": "X", "code": ""}, Told("Y", code="")),
        ({"name": "华东医院"}, Told("👍")),
    ],
)
async def test_what_only_looks_so_is_left_alone(
    work: Work, hire: Hire, known: dict[str, str], told: Told
) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    await accounts.create(work, bo, **known)  # type: ignore[arg-type]  # its own table
    assert await duplicates.suspects(work, ana, told) == []


async def test_the_surest_comes_first_and_each_once(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    named = await accounts.create(work, ana, "Crane")
    both = await accounts.create(work, ana, "Crane Group", tax_number=TAX, phone="021 5555 1234")
    told = Told("Crane", phone="02155551234", tax_number=TAX)
    found = await duplicates.suspects(work, ana, told)
    assert [(each.account.id, each.mark) for each in found] == [
        (both.id, Mark.TAX_NUMBER),
        (named.id, Mark.NAME),
    ]


async def test_ones_own_comes_before_the_others(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    theirs = await accounts.create(work, bo, "Crane")
    own = await accounts.create(work, ana, "Crane")
    found = await duplicates.alike(work, ana, "Crane")
    assert [each.id for each in found] == [own.id, theirs.id]


async def test_a_contacts_phone_counts_for_the_account(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    crane = await accounts.create(work, bo, "Crane")
    await accounts.add_contact(work, crane, "Li Wei", phone="+86 138 0013 8000")
    [found] = await duplicates.suspects(work, ana, Told("Heron", phone="138-0013-8000"))
    assert (found.account.id, found.mark) == (crane.id, Mark.PHONE)
    heron = await accounts.create(work, ana, "Heron")
    twin = await duplicates.with_phone(work, ana, "13800138000", but=heron)
    assert twin
    assert twin.id == crane.id
    assert await duplicates.with_phone(work, ana, "13800138000", but=crane) is None
    assert await duplicates.with_phone(work, ana, "", but=heron) is None


async def test_a_phone_is_folded_wherever_it_is_written(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    crane = await accounts.create(work, ana, "Crane", phone="021 5555 1234 ext 8")
    assert (crane.phone, crane.phone_digits) == ("021 5555 1234 ext 8", "02155551234")
    contact = await accounts.add_contact(work, crane, "Li Wei")
    assert contact.phone_digits == ""
    again = await accounts.add_contact(work, crane, "Li Wei", phone="+44 20 7946 0018")
    assert (again.id, again.phone_digits) == (contact.id, "442079460018")
    kept = await accounts.add_contact(work, crane, "Li Wei", title="Dr")
    assert kept.phone_digits == "442079460018"


async def test_pairs_are_of_ones_own_people_alone(work: Work, hire: Hire) -> None:
    ana, eva, bo = await hire("Ana"), await hire("Eva"), await hire("Bo", unit="West")
    rui, kim = await hire("Rui", Role.MANAGER), await hire("Kim", Role.HQ, unit="")
    first = await accounts.create(work, ana, "Crane", phone="021 5555 1234")
    second = await accounts.create(work, eva, "Heron", phone="+86 21 5555 1234")
    third = await accounts.create(work, bo, "Crane Ltd")
    await accounts.create(work, eva, "Stork", phone="10086")
    await accounts.create(work, eva, "Ibis", phone="10086")

    async def seen(person: object) -> list[tuple[int, int]]:
        found = await duplicates.pairs(work, person)  # type: ignore[arg-type]  # one of them
        return [(each.first.id, each.second.id) for each in found]

    assert await seen(rui) == [(first.id, second.id)]
    assert await seen(kim) == [(first.id, second.id), (first.id, third.id)]
    assert await seen(ana) == []
    assert await seen(bo) == []

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from services import people
from services.errors import BadInvite, ExpiredInvite, UsedInvite
from services.people import Account, Quiet
from storage.models import Identity, Invite, Role
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

PHONE = Account("telegram", "7", "bot", "7")


async def invited(work: Work, code: str = "code") -> Invite:
    unit = await people.unit_at(work, "East")
    return await people.invite(work, "Ana", Role.REP, unit, code=code, now=MONDAY)


async def join(work: Work, code: str, account: Account, days: float = 0) -> people.Joined:
    now = MONDAY + timedelta(days=days)
    return await people.join(work, code, account, language="zh", zone="Asia/Shanghai", now=now)


async def test_a_code_lets_one_person_in_with_role_and_unit(work: Work) -> None:
    await invited(work)
    joined = await join(work, "code", PHONE)
    assert (
        joined.person.name,
        joined.person.role,
        joined.person.unit.name,
        joined.person.language,
    ) == ("Ana", Role.REP, "East", "zh")
    assert not joined.linked
    with pytest.raises(UsedInvite):
        await join(work, "code", Account("telegram", "8", "bot", "8"))


async def test_the_code_itself_is_stored_nowhere(work: Work) -> None:
    await invited(work, "secret-code")
    rows = (await work.session.execute(select(Invite.__table__))).all()
    assert "secret-code" not in str(rows)


async def test_from_a_second_platform_it_links_the_same_person(work: Work) -> None:
    await invited(work)
    first = await join(work, "code", PHONE)
    second = await join(work, "code", Account("slack", "U1", "T1", "D1"))
    assert second.linked
    assert first.person.id == second.person.id
    rows = await work.session.scalars(select(Identity.platform).order_by(Identity.platform))
    assert list(rows) == ["slack", "telegram"]


async def test_a_wrong_code_and_an_old_one_are_told_apart(work: Work) -> None:
    await invited(work)
    with pytest.raises(BadInvite):
        await join(work, "other", PHONE)
    with pytest.raises(ExpiredInvite):
        await join(work, "code", PHONE, days=3.01)


def test_a_code_is_what_a_deep_link_takes() -> None:
    code = people.new_code(lambda size: "A" * size)
    assert 1 <= len(code) <= 64


async def test_units_are_made_once_along_a_path(work: Work) -> None:
    one = await people.unit_at(work, "East/Shanghai")
    same = await people.unit_at(work, " East / Shanghai ")
    other = await people.unit_at(work, "South/Shanghai")
    assert one.id == same.id != other.id
    units = {unit.id: unit for unit in await work.people.units()}
    assert [units[int(number)].name for number in one.path.strip("/").split("/")] == [
        "HQ",
        "East",
        "Shanghai",
    ]


async def test_only_the_given_settings_change(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    await people.change_settings(work, ana, quiet=Quiet(time(21), time(8)))
    changed = await people.change_settings(work, ana, language="zh")
    assert ("zh", "Asia/Shanghai", time(21), time(8)) == (
        changed.language,
        changed.zone,
        changed.quiet_from,
        changed.quiet_to,
    )
    off = await people.change_settings(work, ana, quiet=Quiet())
    assert (off.quiet_from, off.quiet_to) == (None, None)

from datetime import time

from services import people
from services.people import Quiet
from storage.models import Role
from storage.work import Work
from tests.services.conftest import Hire


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


async def test_the_nearest_are_offered_first_and_never_whom_they_replace(
    work: Work, hire: Hire
) -> None:
    boss = await hire("Boss", Role.HQ, unit="")
    ana = await hire("Ana", unit="East/One")
    for name, unit in (("Far", "West/Two"), ("Near", "East/One"), ("Beside", "East/Two")):
        await hire(name, unit=unit)
    found = await people.likely(work, boss, instead_of=ana)
    assert [each.name for each in found] == ["Near", "Beside", "Far"]
    assert "Ana" in [each.name for each in await people.likely(work, boss)]
    assert [each.name for each in await people.likely(work, boss, 1, instead_of=ana)] == ["Near"]

"""The sample company beside its tree: groups, somebody on leave, and where the customers are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from services.times import wall
from storage.models import Account, Group, Leave, Membership, Person
from storage.work import Work

SEED = 11
GROUPS = {
    "重点客户 Key accounts": ("沈佳宁", "方晓彤", "何嘉欣", "Priya Nair", "陈静怡"),
    "医疗产品线 Medical": ("Ana Costa", "沈佳宁", "Daniel Wright", "邓子豪", "罗思琪"),
}
AWAY = ("Daniel Wright", "方晓彤", 3, 4)
"""Who is away and who stands in; how many days ago it began and how many are still to come."""

CITIES = {
    "上海": (31.2304, 121.4737),
    "苏州": (31.2990, 120.5853),
    "无锡": (31.4912, 120.3119),
    "杭州": (30.2741, 120.1551),
    "绍兴": (30.0303, 120.5802),
    "宁波": (29.8683, 121.5440),
    "广州": (23.1291, 113.2644),
    "佛山": (23.0215, 113.1214),
    "中山": (22.5170, 113.3928),
    "深圳": (22.5431, 114.0579),
    "东莞": (23.0207, 113.7518),
    "惠州": (23.1115, 114.4152),
    "珠海": (22.2710, 113.5767),
}
"""City centres, in degrees of latitude and longitude (WGS 84)."""

AROUND = 0.03
"""How far from the centre the customers are, in degrees: about three kilometres."""
UNKNOWN = 4
"""One customer in so many has no point yet: the first check-in there teaches it."""


async def arrange(
    work: Work, people: Sequence[Person], accounts: Iterable[Account], now: datetime
) -> None:
    """Put people into groups, send one on leave, and put the customers on the map."""
    random = Random(SEED)  # noqa: S311 - made-up data
    named = {person.name: person for person in people}
    await _groups(work, named)
    person, deputy, since, left = AWAY
    today = wall(now, ZoneInfo(named[person].zone)).date()
    leave = Leave(
        person_id=named[person].id,
        deputy_id=named[deputy].id,
        starts_on=today - timedelta(days=since),
        ends_on=today + timedelta(days=left),
    )
    await work.people.add(leave)
    for account in accounts:
        if account.city in CITIES and random.randrange(UNKNOWN):
            latitude, longitude = CITIES[account.city]
            account.latitude = round(latitude + random.uniform(-AROUND, AROUND), 5)
            account.longitude = round(longitude + random.uniform(-AROUND, AROUND), 5)
    await work.accounts.flush()


async def _groups(work: Work, named: Mapping[str, Person]) -> None:
    for name, members in GROUPS.items():
        group = Group(name=name)
        await work.people.add(group)
        await work.people.add_all(
            Membership(group_id=group.id, person_id=named[member].id) for member in members
        )

import pytest

from services import accounts
from services.errors import GoneAccount
from storage.models import Deal, Role, Tier, Visit
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY


async def test_an_account_is_found_by_every_way_to_write_it(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    made = await accounts.create(work, ana, " 华东医院有限公司 ", ["East Hospital"])
    for typed in ("华东医院", "华东医院有限公司", "east hospital", "hdyy", "Huadong Yiyuan"):
        match = await accounts.find(work, ana, typed)
        assert match.certain, typed
        assert match.accounts[0].id == made.id


async def test_an_account_is_opened_as_it_is_told_about(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    told = await accounts.create(work, ana, "Acme", ["阿克米"], city=" Hangzhou ", tier=Tier.A)
    assert (told.city, told.tier) == ("Hangzhou", "A")
    assert (await accounts.find(work, ana, "akemi")).accounts[0].id == told.id
    bare = await accounts.create(work, ana, "Bolt")
    assert (bare.city, bare.tier) == ("", "C")


async def test_another_reps_account_shows_its_name_and_owner_alone(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo")
    theirs = await accounts.create(work, bo, "Acme")
    match = await accounts.find(work, ana, "acme")
    assert [(each.name, each.owner, each.open) for each in match.accounts] == [
        ("Acme", "Bo", False)
    ]
    with pytest.raises(GoneAccount):
        await accounts.get(work, ana, theirs.id)


async def test_the_longest_known_head_of_a_line_is_the_account(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    await accounts.create(work, ana, "Blue")
    harbor = await accounts.create(work, ana, "Blue Harbor")
    found = await accounts.longest(work, ana, ["Blue Harbor went", "Blue Harbor", "Blue"])
    assert found is not None
    place, match = found
    assert (1, harbor.id) == (place, match.accounts[0].id)
    assert await accounts.longest(work, ana, ["Red", "Green"]) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hdyy", ["华东医院"]),
        ("hd", ["华东医院"]),
        ("huadong", ["华东医院"]),
        ("Hua Dong yi", ["华东医院"]),
        ("医院", ["华东医院", "江苏省人民医院"]),
        ("人民", ["江苏省人民医院"]),
        ("blue", ["Blue Harbor", "Old Blue"]),
        ("har bl", ["Blue Harbor"]),
        ("harb", ["Blue Harbor"]),
        ("blue harbro", ["Blue Harbor"]),
        ("sea", ["Blue Harbor"]),
        ("no such name", []),
        ("%", ["Blue Harbor", "Old Blue", "华东医院", "江苏省人民医院"]),
    ],
)
async def test_an_account_is_found_as_one_types(
    work: Work, hire: Hire, typed: str, expected: list[str]
) -> None:
    ana = await hire("Ana")
    for name in ("Old Blue", "江苏省人民医院", "华东医院"):
        await accounts.create(work, ana, name)
    await accounts.create(work, ana, "Blue Harbor", ["Seaside"])
    found = await accounts.search(work, ana, typed, 25)
    assert [each.name for each in found.accounts] == expected


async def test_the_name_itself_comes_before_its_beginning_and_ones_own_before_the_teams(
    work: Work, hire: Hire
) -> None:
    ana, rui = await hire("Ana"), await hire("Rui", Role.MANAGER)
    for owner, name in (
        (ana, "Acme Trading"), (rui, "Acme Holdings West"), (ana, "Acme"), (rui, "New Acme"),
        (rui, "Placmet"), (rui, "Acne Care"),
    ):  # fmt: skip
        await accounts.create(work, owner, name)
    found = await accounts.search(work, rui, "acme", 25)
    assert [each.name for each in found.accounts] == [
        "Acme", "Acme Holdings West", "New Acme", "Acme Trading", "Placmet",
    ]  # fmt: skip
    assert found.known
    assert len((await accounts.search(work, rui, "acme", 2)).accounts) == 2


async def test_what_sounds_so_comes_after_what_is_nearly_written_so(
    work: Work, hire: Hire
) -> None:
    ana = await hire("Ana")
    for name in ("华东", "Huadung Ltd"):
        await accounts.create(work, ana, name)
    found = await accounts.search(work, ana, "huadonng", 25)
    assert [each.name for each in found.accounts] == ["Huadung Ltd", "华东"]


async def test_nobody_is_offered_what_they_may_not_open(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo")
    await accounts.create(work, bo, "Acme")
    for typed in ("", "acme", "ac", "acmee"):
        found = await accounts.search(work, ana, typed, 25)
        assert (list(found.accounts), found.known) == ([], False), typed


async def test_before_anything_is_typed_the_last_met_come_first_and_ones_own_before(
    work: Work, hire: Hire
) -> None:
    ana, rui = await hire("Ana"), await hire("Rui", Role.MANAGER)
    for owner, name in ((ana, "Theirs"), (rui, "Never"), (rui, "Lately")):
        account = await accounts.create(work, owner, name)
        if name != "Never":
            await work.visits.add(
                Visit(account_id=account.id, rep_id=rui.id, unit_id=rui.unit_id, at=MONDAY)
            )
    found = await accounts.search(work, rui, " ", 25)
    assert [(each.name, each.owner, each.mine) for each in found.accounts] == [
        ("Lately", "Rui", True), ("Never", "Rui", True), ("Theirs", "Ana", False),
    ]  # fmt: skip


async def test_a_contact_is_kept_once_and_learns(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    acme = await accounts.create(work, ana, "Acme")
    first = await accounts.add_contact(work, acme, "Li Wei")
    again = await accounts.add_contact(work, acme, " li wei ", phone="138", title="Dr")
    assert first.id == again.id
    assert (again.phone, again.title) == ("138", "Dr")


async def test_a_card_shows_what_the_asker_may_see(work: Work, hire: Hire) -> None:
    ana, chief = await hire("Ana"), await hire("Rui", Role.MANAGER)
    acme = await accounts.create(work, ana, "Acme")
    await work.visits.add(
        Visit(account_id=acme.id, rep_id=ana.id, unit_id=ana.unit_id, at=MONDAY, next_step="quote")
    )
    await work.deals.add(
        Deal(
            account_id=acme.id,
            owner_id=ana.id,
            unit_id=ana.unit_id,
            name="Big",
            stage="proposal",
            amount=100,
            currency="CNY",
            created_at=MONDAY,
        )
    )
    card = await accounts.card(work, chief, acme)
    assert card.owner == "Ana"
    assert [visit.next_step for visit in card.next_steps] == ["quote"]
    assert [deal.name for deal in card.deals] == ["Big"]
    assert [
        *(await accounts.card(work, await hire("Bo"), acme)).visits,
        *(await accounts.card(work, await hire("Bo"), acme)).deals,
    ] == []

import pytest

from services import accounts
from services.errors import GoneAccount
from storage.models import Deal, Role, Visit
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

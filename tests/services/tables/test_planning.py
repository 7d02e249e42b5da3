"""What would become of each row, and why not."""

from datetime import date, timedelta

from sqlalchemy import select

from services import accounts
from services.tables.plans import Outcome, Plan
from services.tables.reasons import SAID, Why
from services.tables.table import Cell
from storage.engine import Database
from storage.journal import Author
from storage.models import Person, Role
from storage.work import Work
from tests.services.tables.kit import applied, hired, planned, taken
from tests.talk import MONDAY


async def staffed(database: Database) -> Person:
    """HQ, a manager of the East and three reps; one customer in the East and one in the West."""
    boss = await hired(database, "Boss")
    await hired(database, "Lead", Role.MANAGER, "East")
    await hired(database, "Ana Schmidt", Role.REP, "East/Shanghai")
    await hired(database, "李伟", Role.REP, "East/Shanghai", code="E7")
    await hired(database, "Wang Fang", Role.REP, "West")
    await taken(
        database,
        boss,
        "accounts",
        {"name": "华东医院有限公司", "owner": "李伟", "code": "C1"},
        {"name": "Blue Harbor Shipping Ltd", "owner": "Wang Fang", "aliases": "BHS Lines"},
        {"name": "Plant 13", "owner": "Ana Schmidt"},
    )
    return boss


async def named(database: Database, name: str) -> Person:
    async with database.read() as session:
        work = Work(session, Author(MONDAY, None, "look"))
        found = await session.scalars(select(Person.id).where(Person.name == name))
        return await work.people.get(found.one())


def outcomes(plan: Plan) -> list[Outcome]:
    return [step.outcome for step in plan.steps]


def reasons(plan: Plan) -> list[Why | None]:
    return [step.reason.why if step.reason else None for step in plan.steps]


async def test_rows_are_added_changed_and_left(database: Database) -> None:
    boss = await staffed(database)
    plan = await planned(
        database,
        boss,
        "accounts",
        {"code": "C1", "name": "华东医院有限公司", "tier": "A"},
        {"code": None, "name": "Plant 13", "tier": None},
        {"name": "New One", "tier": "重点"},
        {"name": "Left Out", "tier": "Z"},
        {"tier": "B"},
    )
    assert outcomes(plan) == [
        Outcome.CHANGE,
        Outcome.SAME,
        Outcome.ADD,
        Outcome.SKIP,
        Outcome.SKIP,
    ]
    assert plan.steps[0].before == {"tier": "C"}
    assert plan.steps[0].after == {"tier": "A"}
    assert plan.steps[2].after is not None
    assert plan.steps[2].after["tier"] == "A"
    assert reasons(plan)[3:] == [Why.UNREADABLE, Why.MISSING]


async def test_a_customer_is_found_by_alias_and_legal_form_and_not_renamed(
    database: Database,
) -> None:
    boss = await staffed(database)
    plan = await planned(
        database,
        boss,
        "accounts",
        {"name": "bhs lines", "city": "Hamburg"},
        {"name": "BLUE HARBOR SHIPPING"},
        {"name": "Plant 3"},
    )
    assert outcomes(plan) == [Outcome.CHANGE, Outcome.SKIP, Outcome.ADD]
    assert plan.steps[0].after == {"city": "Hamburg"}
    assert reasons(plan)[1] is Why.TWICE


async def test_misspelt_people_and_customers_are_matched_and_shown(database: Database) -> None:
    boss = await staffed(database)
    plan = await planned(
        database,
        boss,
        "visits",
        {"account": "华东医院", "rep": "李维", "at": "2026-02-27"},
        {"account": "Blue Harbour Shipping", "rep": "wang fang", "at": "2026-02-27"},
        {"account": "Plant 3", "rep": "Ana Schmitd", "at": "2026-02-27"},
        {"account": "Plant 13", "rep": "Ana Schmitd", "at": "2026-02-27"},
        {"account": "Plant 13", "rep": "E7", "at": "2026-02-27"},
    )
    assert reasons(plan) == [None, None, Why.UNKNOWN, None, None]
    told = {(match.text, match.meant.split(" (")[0]): match for match in plan.matches}
    assert told["李维", "李伟"].likeness == 95
    assert told["Blue Harbour Shipping", "Blue Harbor Shipping Ltd"].likeness >= 88
    assert told["Ana Schmitd", "Ana Schmidt"].rows >= 1


async def test_a_name_that_may_be_two_people_is_not_guessed(database: Database) -> None:
    boss = await staffed(database)
    await hired(database, "李伟", Role.REP, "West")
    rows = [
        {"account": "Plant 13", "rep": rep, "at": "2026-02-27"}
        for rep in ("李伟", "李伟 (West)", "李伟 (E7)")
    ]
    plan = await planned(database, boss, "visits", *rows)
    assert reasons(plan) == [Why.AMBIGUOUS, None, None]
    assert plan.steps[0].reason is not None
    assert "李伟 (E7)" in dict(plan.steps[0].reason.details)["candidates"]


async def test_a_manager_plans_within_the_unit(database: Database) -> None:
    await staffed(database)
    lead = await named(database, "Lead")
    plan = await planned(
        database,
        lead,
        "accounts",
        {"name": "Mine", "owner": "Ana Schmidt"},
        {"name": "Not mine", "owner": "Wang Fang"},
        {"name": "Blue Harbor Shipping Ltd", "owner": "Ana Schmidt"},
        {"name": "Plant 13", "owner": "Wang Fang"},
        {"name": "Somewhere else", "owner": "Ana Schmidt", "unit": "West"},
    )
    assert reasons(plan) == [
        None,
        Why.NOT_YOURS,
        Why.OF_ANOTHER,
        Why.NOT_YOURS,
        Why.NOT_YOURS,
    ]


async def test_nobody_gives_a_role_above_their_own(database: Database) -> None:
    await staffed(database)
    lead = await named(database, "Lead")
    plan = await planned(
        database,
        lead,
        "people",
        {"name": "New", "role": "HQ"},
        {"name": "Ana Schmidt", "role": "总部"},
        {"name": "Lead", "role": "rep"},
        {"name": "Wang Fang", "role": "manager"},
        {"name": "Boss", "role": "rep"},
        {"name": "Ana Schmidt", "role": "manager", "unit": "East"},
    )
    assert reasons(plan)[:5] == [
        Why.ROLE_ABOVE,
        Why.ROLE_ABOVE,
        Why.YOURSELF,
        Why.NOT_YOURS,
        Why.NOT_YOURS,
    ]


async def test_sums_are_exact_or_refused(database: Database) -> None:
    boss = await staffed(database)
    sums: list[tuple[Cell, Cell]] = [
        (0.1 + 0.2, "CNY"),
        ("1,234,567.89", "EUR"),
        ("5万", "人民币"),
        ("$50k", None),
        (1234.567, "KWD"),
        (1234.567, "CNY"),
        ("half", "CNY"),
        (-1, "CNY"),
    ]
    rows: list[dict[str, Cell]] = [
        {"account": "Plant 13", "name": f"Deal {at}", "amount": amount, "currency": currency}
        for at, (amount, currency) in enumerate(sums)
    ]
    plan = await planned(database, boss, "deals", *rows)
    made = [(s.after["amount"], s.after["currency"]) if s.after else None for s in plan.steps]
    assert made == [
        (30, "CNY"),
        (123_456_789, "EUR"),
        (5_000_000, "CNY"),
        (5_000_000, "USD"),
        (1_234_567, "KWD"),
        None,
        None,
        None,
    ]
    assert reasons(plan)[5:] == [Why.TOO_FINE, Why.UNREADABLE, Why.UNREADABLE]


async def test_days_in_any_order_and_visits_still_ahead(database: Database) -> None:
    boss = await staffed(database)
    ahead = (MONDAY + timedelta(days=1)).date()
    rows: list[dict[str, Cell]] = [
        {"account": "Plant 13", "rep": "Ana Schmidt", "at": at, "note": str(at)}
        for at in ("27/2/2026", "2/27/2026", "3/2/2026", "2026年2月27日 下午3点", ahead, "soon")
    ]
    plan = await planned(database, boss, "visits", *rows)
    assert reasons(plan)[3:] == [None, Why.IN_FUTURE, Why.UNREADABLE]
    assert plan.steps[3].after is not None
    assert plan.steps[3].after["at"] == "2026-02-27T07:00:00+00:00"


async def test_the_same_file_again_changes_nothing(database: Database) -> None:
    boss = await staffed(database)
    files: dict[str, list[dict[str, Cell]]] = {
        "contacts": [{"account": "Plant 13", "name": "王主任", "phone": "+86 138 0013 8000"}],
        "deals": [{"account": "Plant 13", "name": "Pump", "amount": 5000, "stage": "Won"}],
        "visits": [
            {
                "account": "Plant 13",
                "rep": "Ana Schmidt",
                "at": date(2026, 2, 27),
                "contacts": "王主任",
            },
            {"account": "Plant 13", "rep": "Ana Schmidt", "at": "2026-02-27 15:00", "note": "x"},
        ],
        "reminders": [{"person": "李伟", "text": "Call", "due": "2026-04-01"}],
        "leaves": [{"person": "李伟", "starts": "2026-04-01", "ends": "2026-04-03"}],
        "units": [{"path": "North/Harbin"}, {"path": "North"}],
        "groups": [{"name": "Key accounts"}],
    }
    for noun, rows in files.items():
        first = await planned(database, boss, noun, *rows)
        expected = {Outcome.ADD} if noun != "units" else {Outcome.ADD, Outcome.SKIP}
        assert set(first.counts) == expected, (noun, reasons(first))
        await taken(database, boss, noun, *rows)
        later = MONDAY + timedelta(days=3)
        again = await planned(
            database, boss, noun, *rows[: 1 if noun != "units" else 0], now=later
        )
        assert set(again.counts) <= {Outcome.SAME}, noun


async def test_rows_are_never_found_out_of_scope(database: Database) -> None:
    boss = await staffed(database)
    await taken(
        database,
        boss,
        "deals",
        {"account": "Blue Harbor Shipping", "name": "Secret", "code": "D1", "amount": 1},
    )
    lead = await named(database, "Lead")
    plan = await planned(
        database, lead, "deals", {"account": "Blue Harbor Shipping", "name": "Secret", "amount": 2}
    )
    assert reasons(plan) == [Why.OF_ANOTHER]


async def test_a_plan_is_the_same_after_it_was_kept(database: Database) -> None:
    boss = await staffed(database)
    plan = await planned(
        database,
        boss,
        "accounts",
        {"name": "New One", "owner": "Ana Schmitd", "tier": "A"},
        {"name": "Plant 13", "owner": "李伟"},
        {"name": "Bad", "tier": "Z"},
    )
    kept = plan.dump()
    assert Plan.load(kept) == plan
    assert plan.dump() == kept
    assert "Ana Schmidt" in plan.names.values()


def test_every_reason_is_said_in_both_languages() -> None:
    assert set(SAID) == set(Why)
    for said in SAID.values():
        assert set(said) == {"en", "zh"}


async def test_an_account_is_opened_in_chat_while_the_plan_waits(database: Database) -> None:
    boss = await staffed(database)
    plan = await planned(database, boss, "accounts", {"name": "Fresh"}, {"name": "Other"})
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "open"))
        await accounts.create(work, boss, "Fresh")
    done = await applied(database, boss, plan)
    assert done.added == 1
    assert [step.label for step in done.meanwhile] == ["Fresh"]
    assert done.meanwhile[0].reason is not None
    assert done.meanwhile[0].reason.why is Why.CHANGED


async def test_a_new_customer_that_is_like_a_known_one_is_shown(database: Database) -> None:
    boss = await staffed(database)
    await taken(
        database,
        boss,
        "accounts",
        {"name": "Acme", "owner": "Ana Schmidt", "phone": "+86 21 5555 0101"},
        {"name": "西山医院", "owner": "李伟", "tax_number": "91350100M000100Y43"},
    )
    rows: tuple[dict[str, Cell], ...] = (
        {"name": "Acme Co., Ltd.", "tier": "A"},
        {"name": "西山医院股份有限公司", "tier": "A"},
        {"name": "Blue Harbor Shipping GmbH"},
        {"name": "Quite Another", "phone": "+86 21 5555 0101"},
        {"name": "又一家", "tax_number": "91350100M000100Y43"},
        {"name": "Acme Bakery"},
    )
    plan = await planned(database, boss, "accounts", *rows)
    found = {match.text: (match.meant, match.likeness) for match in plan.matches}
    assert found == {
        "Acme Co., Ltd.": ("Acme (Ana Schmidt)", 96),
        "西山医院股份有限公司": ("西山医院 (李伟)", 96),
        "Blue Harbor Shipping GmbH": ("Blue Harbor Shipping Ltd (Wang Fang)", 96),
        "Quite Another": ("Acme (Ana Schmidt)", 90),
        "又一家": ("西山医院 (李伟)", 98),
    }
    assert outcomes(plan)[0] is Outcome.CHANGE
    assert outcomes(plan)[5] is Outcome.ADD


async def test_what_is_said_not_to_be_the_known_one_is_new(database: Database) -> None:
    boss = await staffed(database)
    rows: dict[str, Cell] = {"name": "Plant 13 GmbH", "tier": "A"}
    assert outcomes(await planned(database, boss, "accounts", rows)) == [Outcome.CHANGE]
    refused = [("name", "Plant 13 GmbH")]
    plan = await planned(database, boss, "accounts", rows, refused=refused)
    assert (outcomes(plan), plan.matches) == ([Outcome.ADD], [])
    done = await applied(database, boss, plan)
    assert (done.added, done.meanwhile) == (1, [])


async def test_a_number_of_ones_own_tells_two_apart_that_are_written_alike(
    database: Database,
) -> None:
    boss = await staffed(database)
    await taken(database, boss, "accounts", {"name": "Acme", "code": "A1"})
    plan = await planned(database, boss, "accounts", {"name": "Acme Ltd", "code": "A2"})
    assert (outcomes(plan), plan.matches) == ([Outcome.ADD], [])


async def test_leaves_that_overlap_are_left_out(database: Database) -> None:
    boss = await staffed(database)
    first: dict[str, Cell] = {"person": "李伟", "starts": "2026-04-01", "ends": "2026-04-10"}
    await taken(database, boss, "leaves", first)
    plan = await planned(
        database,
        boss,
        "leaves",
        first,
        {"person": "李伟", "starts": "2026-04-10", "ends": "2026-04-12"},
        {"person": "李伟", "starts": "2026-04-11", "ends": "2026-04-12"},
        {"person": "李伟", "starts": "2026-04-12", "ends": "2026-04-14"},
        {"person": "Ana Schmidt", "starts": "2026-04-05", "ends": "2026-04-06"},
        {"person": "李伟", "starts": "2026-04-11", "ends": "2026-04-12"},
    )
    assert reasons(plan) == [None, Why.OVERLAP, None, Why.OVERLAP, None, Why.TWICE]


async def test_a_note_as_long_as_a_cell_holds_comes_back(database: Database) -> None:
    boss = await staffed(database)
    long: dict[str, Cell] = {
        "account": "Plant 13",
        "rep": "Ana Schmidt",
        "at": date(2026, 2, 27),
        "note": "长" * 32_000,
    }
    assert outcomes(await planned(database, boss, "visits", long)) == [Outcome.ADD]
    plan = await planned(database, boss, "visits", {**long, "note": "长" * 32_001})
    assert reasons(plan) == [Why.TOO_LONG]

"""A table is sent, looked over and taken in, on one card."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from bot.messages import File, Place
from bot.outside import imports as errands
from bot.outside.imports import table_sources
from bot.runtime.adapter import Rejected
from services.allowance import FILES
from services.tables.reading import read
from storage.models import Account, Blob, Import, Invite, Person, Role
from tests.dialogs.helpers import attachments, change, stranger
from tests.services.tables.zoo import as_book, as_sheet, as_text
from tests.talk import Company, Phone, Someone

CUSTOMERS = [["Customer", "Owner", "City"], ["Acme", "Ana", "Rome"], ["Blue", "Ana", "Oslo"]]
CHINESE = [["客户名称", "负责人", "城市"], ["华东医院", "林", "上海"], ["西山医院", "林", "北京"]]


@dataclass
class Archive(Phone):
    """A phone that keeps what was sent by its name, as platforms do."""

    sent: dict[str, bytes] = field(default_factory=dict)
    fetched: int = 0

    async def download(self, file: File) -> bytes:
        self.fetched += 1
        if file.ref not in self.sent:
            raise Rejected("gone")
        return self.sent[file.ref]


@pytest.fixture
def phone() -> Archive:
    return Archive()


@pytest.fixture
async def hua(company: Company) -> Someone:
    company.runtime.runner.sources = table_sources()
    return await company.hire("Hua", Role.HQ)


@pytest.fixture
async def zhou(company: Company) -> Someone:
    company.runtime.runner.sources = table_sources()
    return await company.hire("周", Role.HQ, language="zh")


async def sends(someone: Someone, name: str, content: bytes, text: str = "") -> None:
    phone = someone.company.phone
    assert isinstance(phone, Archive)
    phone.sent[name] = content
    await someone.says(text, files=(File(name, "application/octet-stream", name),))


async def names(company: Company) -> list[str]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Account.name).order_by(Account.name)))


async def kept(company: Company) -> int:
    async with company.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Blob)) or 0


async def test_a_table_is_shown_first_and_then_taken_in(
    company: Company, ana: Someone, hua: Someone
) -> None:
    await sends(hua, "customers.csv", as_text(CUSTOMERS))
    hua.sees("customers.csv", "Accounts.", "2 to add", "[Import]", "customers-checked.xlsx")
    assert await names(company) == []
    await hua.presses("Import")
    hua.sees("Taken in: customers.csv", "2 added", "[Undo]")
    assert await names(company) == ["Acme", "Blue"]
    assert len(hua.screen) == 1
    assert await kept(company) == 0
    await hua.presses("Undo")
    assert await names(company) == []


async def test_the_same_in_chinese(company: Company, lin: Someone, zhou: Someone) -> None:
    await sends(zhou, "客户.xlsx", as_sheet([["2026年客户名单"], *CHINESE, ["合计", None, "2"]]))
    zhou.sees("客户.xlsx", "将新增 2", "最后 1 行是合计，不导入。", "[导入]", "[取消]")
    await zhou.presses("导入")
    zhou.sees("已导入：客户.xlsx", "新增 2", "[撤销]")
    assert await names(company) == ["华东医院", "西山医院"]


async def test_the_same_file_again_changes_nothing(
    company: Company, ana: Someone, hua: Someone
) -> None:
    for encoding in ("utf-8", "utf-16"):
        await sends(hua, "customers.csv", as_text(CUSTOMERS, ";", encoding))
        if "[Import]" in hua.last.text:
            await hua.presses("Import")
    hua.sees("as last time", "2 the same", "There is nothing to do")
    await hua.presses("Cancel")
    hua.sees("Put aside: customers.csv. Nothing was changed.")


async def test_what_is_unclear_is_asked_one_by_one(
    company: Company, ana: Someone, hua: Someone
) -> None:
    rows = [["Deal", "Customer", "Mobile phone", "Expected close"]]
    rows += [[f"Deal {n}", "Acme", "13800138000", "03/04/2026"] for n in range(4)]
    await company.open_account(ana, "Acme")
    await sends(hua, "deals.csv", as_text(rows))
    hua.sees("In “Expected close”, which day is 03/04/2026?", "3 Apr", "4 Mar")
    await hua.presses("Fri 3 Apr")
    hua.sees("4 to add", "Not used: Mobile phone")
    assert len(hua.screen) == 1


async def test_two_headings_for_one_column(company: Company, ana: Someone, hua: Someone) -> None:
    rows = [["Customer", "Owner", "Phone 1", "Phone 2"]]
    rows += [[f"C{n}", "Ana", f"1380013800{n}", f"1390013900{n}"] for n in range(4)]
    await sends(hua, "a.csv", as_text(rows))
    hua.sees("What is in the column “Phone 1”?", "For example: 13800138000", "[Leave it out]")
    await hua.presses("Leave it out")
    hua.sees("What is in the column “Phone 2”?")
    await hua.presses("Phone")
    hua.sees("4 to add", "Not used: Phone 1")
    await hua.presses("Import")
    async with company.database.read() as session:
        phones = set(await session.scalars(select(Account.phone)))
    assert phones == {f"1390013900{n}" for n in range(4)}


async def test_a_required_column_is_asked_for(
    company: Company, ana: Someone, hua: Someone
) -> None:
    rows = [["Foo", "Owner", "City"], ["Acme", "Ana", "Rome"]]
    await sends(hua, "accounts.csv", as_text(rows))
    if "What is it a table of?" in hua.last.text:
        await hua.presses("Accounts")
    hua.sees("Which column is Customer?", "[Foo]", "[Not Accounts]")
    await hua.presses("Foo")
    hua.sees("1 to add")


async def test_which_sheet_and_which_noun(company: Company, ana: Someone, hua: Someone) -> None:
    book = as_book({"One": [["Department", "Name"], ["East", "x"]], "Two": CUSTOMERS})
    await sends(hua, "book.xlsx", book)
    hua.sees("Which sheet shall I take in?", "[One · 1]", "[Two · 2]")
    await hua.presses("Two · 2")
    hua.sees("Accounts.", "2 to add")


async def test_a_match_can_be_refused(company: Company, ana: Someone, hua: Someone) -> None:
    await company.hire("Wilhelmina Achterberg")
    rows = [CUSTOMERS[0], ["Acme", "Wilhelmina Achterburg", "Rome"], ["Blue", "Ana", "Oslo"]]
    await sends(hua, "a.csv", as_text(rows))
    hua.sees("“Wilhelmina Achterburg” → Wilhelmina Achterberg", "2 to add")
    await hua.presses("Matches")
    await hua.presses("Not Wilhelmina Achterberg")
    hua.sees("1 to add, 1 left out")
    await hua.presses("Import")
    assert await names(company) == ["Blue"]


async def test_a_customer_that_is_like_a_known_one_can_be_new(
    company: Company, ana: Someone, hua: Someone
) -> None:
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    await hua.presses("Import")
    rows = [CUSTOMERS[0], ["Acme Co., Ltd.", "Ana", "Rome"], ["Blue GmbH", "Ana", "Bergen"]]
    await sends(hua, "b.csv", as_text(rows))
    hua.sees("“Acme Co., Ltd.” → Acme (Ana), 96 %", "1 to change, 1 the same")
    await hua.presses("Matches")
    hua.sees("A customer that you refuse is added as a new one.")
    await hua.presses("Not Acme (Ana)")
    hua.sees("1 to add, 1 to change")
    await hua.presses("Import")
    assert await names(company) == ["Acme", "Acme Co., Ltd.", "Blue"]


def sent_file(someone: Someone) -> bytes:
    """The file of the card that somebody sees."""
    blocks = [each for each in someone.last.reply.blocks if isinstance(each, File)]
    assert blocks[-1].content
    return blocks[-1].content


PEOPLE = [["Name", "Role", "Unit"], ["Mia", "rep", "East"], ["Noa", "rep", "East"]]


async def test_everybody_who_was_taken_in_is_invited_with_one_file(
    company: Company, ana: Someone, hua: Someone
) -> None:
    await sends(hua, "people.csv", as_text(PEOPLE))
    await hua.presses("Import")
    hua.sees("2 added", "[Invitations]")
    await hua.presses("Invitations")
    hua.sees("2 invitations. Each code lets in one person", "Invitations.xlsx", "[Undo]")
    (table,) = read(sent_file(hua), "invitations.xlsx")
    assert table.headings[:4] == ("Name", "Unit", "Role", "Code")
    assert [row[:3] for row in table.rows] == [("Mia", "East", "rep"), ("Noa", "East", "rep")]
    codes = [str(row[3]) for row in table.rows]
    mia = stranger(company, "Mia")
    await mia.says(f"/start {codes[0]}")
    mia.sees("Mia")
    await hua.presses("Undo")
    hua.sees("can't be undone")


async def test_a_file_of_invitations_is_taken_back_as_one(
    company: Company, ana: Someone, hua: Someone
) -> None:
    await sends(hua, "people.csv", as_text(PEOPLE))
    await hua.presses("Import")
    await hua.presses("Invitations")
    await hua.presses("Undo")
    hua.sees("Undone: 2 invitations.")
    async with company.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Invite)) == 0


async def test_a_column_can_be_left_out_after_all(
    company: Company, ana: Someone, hua: Someone
) -> None:
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    await hua.presses("Columns")
    hua.sees("Customer → Customer", "City → City", "[Without City]")
    await hua.presses("Without City")
    hua.sees("2 to add", "Not used: City")


async def test_one_at_a_time(company: Company, ana: Someone, hua: Someone) -> None:
    await sends(hua, "first.csv", as_text(CUSTOMERS))
    await sends(hua, "second.csv", as_text([CUSTOMERS[0], ["Other", "Ana", "Bern"]]))
    hua.sees("You haven't finished with first.csv", "[Go on with it]", "[Take the new one]")
    await hua.presses("Take the new one")
    hua.sees("second.csv", "1 to add")
    await hua.presses("Import", on=hua.last)
    assert await names(company) == ["Other"]
    await hua.presses("Import", on=hua.screen[0])
    hua.sees("That table was put aside, or taken in already.")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"%PDF-1.7", "picture or a PDF"),
        ("a.xlsx", b"Name,City\nx,y", "isn't what its name says"),
        ("a.csv", b"Name,City\n", "There are no rows"),
        ("a.csv", b'Name,City\n"x,y\n', "quotation mark"),
    ],
)
async def test_what_is_no_table_is_refused_with_a_word(
    company: Company, hua: Someone, name: str, content: bytes, words: str
) -> None:
    await sends(hua, name, content)
    hua.sees(words)
    assert await kept(company) == 0


async def test_a_file_that_is_gone_is_asked_for_again(company: Company, hua: Someone) -> None:
    await hua.says(files=(File("a.csv", "text/csv", "gone"),))
    hua.sees("I couldn't fetch that file just now.")


async def test_a_rep_s_table_is_a_file_like_any(company: Company, ana: Someone) -> None:
    company.runtime.runner.sources = table_sources()
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, new shelf")
    await sends(ana, "customers.csv", as_text(CUSTOMERS))
    ana.sees("Kept 1 file with your visit to Acme")


async def test_a_manager_who_visited_says_what_it_is_for(
    company: Company, ana: Someone, rui: Someone
) -> None:
    company.runtime.runner.sources = table_sources()
    await company.open_account(rui, "Acme Ltd")
    await rui.says("/visit Acme Ltd, new shelf")
    await sends(rui, "customers.csv", as_text(CUSTOMERS))
    rui.sees("customers.csv is a table.", "[Take it in]", "[Keep with Acme Ltd]")
    await rui.presses("Keep with Acme Ltd")
    assert [each.name for each in await attachments(company)] == ["customers.csv"]
    await sends(rui, "customers.csv", as_text(CUSTOMERS))
    await rui.presses("Take it in")
    rui.sees("to add")


async def test_in_a_group_a_table_is_not_taken_in(company: Company, hua: Someone) -> None:
    phone = company.phone
    assert isinstance(phone, Archive)
    phone.sent["a.csv"] = as_text(CUSTOMERS)
    group = Place("phone", "test", "group", private=False)
    await hua.says(files=(File("a.csv", "text/csv", "a.csv"),), place=group)
    assert phone.fetched == 0


async def test_whoever_has_lost_the_role_imports_nothing(
    company: Company, ana: Someone, hua: Someone
) -> None:
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    await change(company, hua, role=Role.REP)
    await hua.presses("Import")
    hua.sees("That is for managers.")
    assert await names(company) == []


async def test_nobody_else_presses_it(company: Company, ana: Someone, hua: Someone) -> None:
    other = await company.hire("Kim", Role.HQ)
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    shown = hua.last
    button = next(each for each in shown.buttons if each.label == "Import")
    await other.taps(button, shown)
    other.sees("That card is someone else's.")
    assert await names(company) == []


async def test_what_was_killed_after_it_was_done_is_not_done_again(
    company: Company, ana: Someone, hua: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    real = errands.Applying.fetch

    async def dies(self: errands.Applying, errand: object, desk: object) -> str:
        await real(self, errand, desk)  # type: ignore[arg-type]  # handed through
        return await real(self, errand, desk)  # type: ignore[arg-type]  # as after kill -9

    monkeypatch.setattr(errands.Applying, "fetch", dies)
    await hua.presses("Import")
    hua.sees("2 added")
    assert await names(company) == ["Acme", "Blue"]


async def test_a_file_read_twice_is_one_import(
    company: Company, ana: Someone, hua: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = errands.Reading.fetch

    async def dies(self: errands.Reading, errand: object, desk: object) -> str:
        first = await real(self, errand, desk)  # type: ignore[arg-type]  # handed through
        assert first == await real(self, errand, desk)  # type: ignore[arg-type]  # the same
        return first

    monkeypatch.setattr(errands.Reading, "fetch", dies)
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    hua.sees("2 to add")
    async with company.database.read() as session:
        assert await session.scalar(select(func.count(Import.id))) == 1


async def test_too_many_files_in_a_day_are_put_off(
    company: Company, hua: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with company.database.begin() as session:
        person = (await session.scalars(select(Person).where(Person.name == "Hua"))).one()
        for _ in range(FILES):
            session.add(
                Import(person_id=person.id, name="x", created_at=company.now, state="dropped")
            )
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    hua.sees("That's enough for one day: 200 files")
    company.after(hours=25)
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    hua.sees("left out")


async def test_without_a_table_it_says_what_there_is(company: Company, zhou: Someone) -> None:
    await zhou.says("导入")
    zhou.sees("把表格（.xlsx 或 .csv）发给我", "[客户]", "[人员]")
    await zhou.presses("客户")
    zhou.sees("客户名称", "客户.xlsx", "加粗的列必填")


async def test_names_full_of_markup_stay_text(
    company: Company, ana: Someone, hua: Someone
) -> None:
    rows = [["Customer", "Owner", "*Bold* <b>"], ["*Acme* _x_ <!channel>", "Ana", "x"]]
    await sends(hua, "*a*_[x](http://e).csv", as_text(rows))
    hua.sees("*a*_[x](http://e).csv", "Not used: *Bold* <b>", "1 to add")


async def test_what_another_s_transaction_was_in_the_way_of_is_tried_again(
    company: Company, ana: Someone, hua: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sends(hua, "a.csv", as_text(CUSTOMERS))
    real, tries = errands.Applying._apply, []

    async def stumbles(self: errands.Applying, errand: object, desk: object) -> None:
        tries.append(errand)
        if len(tries) == 1:
            raise OSError("deadlock detected")
        await real(self, errand, desk)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(errands.Applying, "_apply", stumbles)
    monkeypatch.setattr(errands, "AGAIN", 0)
    await hua.presses("Import")
    hua.sees("2 added")
    assert len(tries) == 2
    assert await names(company) == ["Acme", "Blue"]


async def test_what_was_checked_for_another_sight_is_not_shown(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rui led the East when the rows were checked, and the North when that was done."""
    company.runtime.runner.sources = table_sources()
    rui = await company.hire("Rui", Role.MANAGER)
    await company.open_account(ana, "Acme")
    north = await company.hire("Nora", unit="North")
    assert north.person
    unit, real = north.person.unit_id, errands.Planning._plan

    async def moved(self: errands.Planning, errand: object, desk: object, meaning: object) -> str:
        seen = await real(self, errand, desk, meaning)  # type: ignore[arg-type]  # handed through
        await change(company, rui, unit_id=unit)
        return seen

    monkeypatch.setattr(errands.Planning, "_plan", moved)
    await sends(rui, "customers.csv", as_text(CUSTOMERS))
    rui.sees("What you may see has changed meanwhile.")
    assert "Acme" not in rui.transcript()
    assert await kept(company) == 0

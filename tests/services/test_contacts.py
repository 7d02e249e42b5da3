"""What people at customers are called."""

import pytest

from services import accounts
from services.contacts import called, same
from storage.models import Account, Contact, Person
from storage.work import Work
from tests.services.conftest import Hire


def contact(name: str, title: str = "") -> Contact:
    return Contact(account_id=1, name=name, title=title)


WANG = contact("王建国", "主任")
OUYANG = contact("欧阳锋", "院长")
LI = contact("Li Wei", "Dr")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("王建国", WANG),
        ("王主任", WANG),
        ("欧阳院长", OUYANG),
        ("li wei", LI),
        ("李主任", None),
        ("王院长", None),
        ("Dr Li", None),
    ],
)
def test_who_is_meant(name: str, meant: Contact | None) -> None:
    assert same([WANG, OUYANG, LI], name) is meant


def test_a_title_that_two_have_means_neither() -> None:
    assert same([WANG, contact("王小明", "主任")], "王主任") is None


def test_every_way_to_call_them() -> None:
    assert {"王建国", "王主任", "欧阳院长", "Li Wei"} <= set(called([WANG, OUYANG, LI]))
    assert called([contact("王主任", "主任")]) == ["王主任"]


async def test_a_known_person_is_not_added_again(work: Work, hire: Hire) -> None:
    ana: Person = await hire("Ana")
    account: Account = await accounts.create(work, ana, "华东医院")
    wang = await accounts.add_contact(work, account, "王建国", title="主任")
    assert await accounts.add_contact(work, account, "王主任") is wang
    assert await accounts.add_contact(work, account, "李主任") is not wang

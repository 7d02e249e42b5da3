"""The people at accounts."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import ClassVar

from services import phones
from services.names import fold
from services.tables.directory import Directory
from services.tables.noun import Column, Kind, Noun, titled
from services.tables.reasons import NotTaken, Why
from services.tables.shape import Draft, Fields, Shape, alone
from storage.models import Contact
from storage.tables import Tables


class Contacts(Shape):
    """A contact is found again at its account by its name."""

    model = Contact
    stored: ClassVar = {"account": "account_id"}
    defaults: ClassVar = {"title": "", "phone": "", "phone_digits": ""}

    def put(
        self, fields: Fields, column: Column, value: object, number: int, directory: Directory
    ) -> None:
        super().put(fields, column, value, number, directory)
        if column.kind is Kind.PHONE:
            fields["phone_digits"] = phones.digits(fields["phone"])

    async def find(self, tables: Tables, directory: Directory, drafts: Sequence[Draft]) -> None:
        ids = {draft.fields["account_id"] for draft in drafts}
        known: defaultdict[Hashable, list[Fields]] = defaultdict(list)
        for row in await tables.rows(Contact, "account_id", ids, directory.scope):
            known[self.key(row)].append(row)
        for draft in drafts:
            try:
                draft.found = alone(known[self.key(draft.fields)], draft.fields["name"])
            except NotTaken as error:
                draft.reason = error.reason

    def check(self, new: Fields, found: Fields | None, directory: Directory) -> None:
        if not directory.accounts[new["account_id"]].open:
            raise NotTaken(Why.NOT_YOURS)

    def key(self, fields: Fields) -> Hashable:
        return fields["account_id"], fold(fields["name"])

    async def known(self, tables: Tables, directory: Directory, rows: Sequence[Fields]) -> None:
        await directory.see({row["account_id"] for row in rows} - directory.accounts.keys())


CONTACTS = Noun(
    "contacts",
    titled("Contacts", "联系人"),
    (
        Column(
            "account",
            titled("Customer", "客户名称"),
            (
                "account",
                "account name",
                "customer name",
                "company",
                "客户",
                "公司",
                "公司名称",
                "单位名称",
                "医院",
            ),
            Kind.ACCOUNT,
            required=True,
        ),
        Column(
            "name",
            titled("Contact", "联系人"),
            ("name", "contact name", "full name", "contact person", "姓名", "名字", "联系人姓名"),
            required=True,
        ),
        Column(
            "title",
            titled("Title", "职务"),
            ("job title", "position", "role", "职位", "头衔", "称呼", "岗位"),
        ),
        Column(
            "phone",
            titled("Phone", "电话"),
            (
                "mobile",
                "telephone",
                "phone number",
                "tel",
                "cell",
                "手机",
                "手机号",
                "联系电话",
                "电话号码",
                "联系方式",
            ),
            Kind.PHONE,
        ),
    ),
    ("account", "name"),
    shape=Contacts(),
)

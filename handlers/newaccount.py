"""Adding a customer with all that is known of them."""

from bot.answers import PHONE
from bot.answers.companies import CITY, COMPANY, TAX_NUMBER
from bot.answers.newcomers import LINE, TIER
from bot.commands import GUIDED, Command, Context, command
from bot.forms import Form, ask
from bot.messages import Button, Call, Fields, Reply, reply
from bot.phrases import _, label, marked, shortened
from handlers.accounts import show_account
from handlers.undo import undo
from services import accounts, duplicates
from services.duplicates import Suspect, Told
from services.errors import SameTaxNumber
from storage.duplicates import Mark
from storage.models import Account, Role, Tier

NAMED = 30
IN_COMMON = {
    Mark.TAX_NUMBER: marked("the same tax number"),
    Mark.CODE: marked("the same customer number"),
    Mark.PHONE: marked("the same phone"),
    Mark.NAME: marked("a name like it"),
}


class AddCustomer(Form):
    """Add a customer with all you know of them."""

    name: str = ask(
        marked("What is the customer called?"),
        COMPANY,
        label=marked("Account"),
        hint=marked("Acme"),
    )
    city: str = ask(
        marked("Which city are they in?"),
        CITY,
        label=marked("City"),
        default="",
        hint=marked("Shanghai"),
    )
    tier: Tier = ask(
        marked("How important are they? A is the most."),
        TIER,
        label=marked("Tier"),
        default=Tier.C,
    )
    tax_number: str = ask(
        marked("Their tax number?"),
        TAX_NUMBER,
        label=marked("Tax number"),
        also="税号, 信用代码",
        default="",
        hint="91330100799655058B",
    )
    phone: str = ask(
        marked("Their phone number?"),
        PHONE,
        label=marked("Phone"),
        default="",
        hint="021 5555 1234",
    )
    alias: str = ask(
        marked("What else do people call them?"),
        LINE,
        label=marked("Also called"),
        default="",
        hint=marked("A short name, or one in another language"),
        loose=False,
    )
    code: str = ask(
        marked("What's their number in your other systems?"),
        LINE,
        label=marked("Customer number"),
        also="code, customer code, 编码",
        default="",
        hint="C-1024",
        loose=False,
    )


class AddAllTheSame(AddCustomer):
    """Add a customer who may be there already."""


@command(
    "add",
    "新客户",
    "新增客户",
    allow=Role.REP,
    order=22,
    examples=(
        marked("/add Bluebird Toys, Shanghai, 021 5555 1234"),
        marked("/add Bluebird Toys, tier A, city: Suzhou"),
    ),
)
async def add_customer(context: Context, form: AddCustomer) -> Reply:
    """Open it, unless it may be there already: then that is asked about first."""
    found = await duplicates.suspects(context.work, context.person, _told(form))
    return _may_be(form, found) if found else await _added(context, form)


@command("addallthesame", allow=Role.REP)
async def add_all_the_same(context: Context, form: AddAllTheSame) -> Reply:
    """Open it although others are like it; no two have one tax number."""
    found = await duplicates.suspects(context.work, context.person, _told(form))
    if taxed := next((each.account for each in found if each.mark is Mark.TAX_NUMBER), None):
        raise SameTaxNumber(account=taxed.name, owner=taxed.owner)
    return await _added(context, form)


def _told(form: AddCustomer) -> Told:
    aliases = [form.alias] if form.alias else []
    return Told(form.name, aliases, form.phone, form.tax_number, form.code)


def _may_be(form: AddCustomer, found: list[Suspect]) -> Reply:
    """Who is like it and whose, and what can be done: no more is said of another's."""
    sure = any(each.mark is Mark.TAX_NUMBER for each in found)
    title = marked("*{account}* is there already:")
    if not sure:
        title = marked("*{account}* may be there already:")
    return reply(
        _(title, account=shortened(form.name, NAMED)),
        *map(_suspect, found),
        *map(_way, found),
        None if sure else Button(label("Add all the same"), _again(form, add_all_the_same)),
    )


def _suspect(each: Suspect) -> str:
    known = {"account": each.account.name, "common": _(IN_COMMON[each.mark])}
    if each.account.mine:
        return _("• *{account}*, yours: {common}", **known)
    return _("• *{account}*, with {owner}: {common}", owner=each.account.owner, **known)


def _way(each: Suspect) -> Button:
    name, number = shortened(each.account.name, NAMED), str(each.account.id)
    if each.account.open:
        return Button(label("Open {account}", account=name), Call("account", {"account": number}))
    return Button(label("Claim {account}", account=name), Call("claim", {"account": number}))


def _again(form: AddCustomer, to: Command[AddAllTheSame]) -> Call:
    return to.call(**{name: value for name, value in vars(form).items() if value})


async def _added(context: Context, form: AddCustomer) -> Reply:
    account = await accounts.create(
        context.work,
        context.person,
        form.name,
        [form.alias] if form.alias else [],
        city=form.city,
        tier=form.tier,
        phone=form.phone,
        tax_number=form.tax_number,
        code=form.code,
    )
    return reply(
        _("Added: *{account}*.", account=account.name),
        Fields(tuple(_rows(account, form.alias))),
        Button(
            label("Log a visit"),
            Call("visit", {"account": str(account.id), GUIDED: GUIDED}),
            single=False,
        ),
        Button(label("Open it"), show_account.call(account=account), single=False),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
    )


def _rows(account: Account, alias: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = [
        (_("City"), account.city),
        (_("Tier"), account.tier),
        (_("Phone"), account.phone),
        (_("Tax number"), account.tax_number),
        (_("Also called"), alias),
        (_("Customer number"), account.code),
    ]
    return [(name, value) for name, value in rows if value]

"""What people ask about accounts."""

from bot.answers import ACCOUNT, ACCOUNT_OR_NEW, PERSON_NAME, PHONE
from bot.commands import GUIDED, Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown, join
from bot.messages import Button, Call, Fields, Reply, reply
from bot.phrases import _, counted, label, listed, marked, money, shortened
from bot.words import ACTIVITIES, LIFECYCLES, OUTCOMES, STAGES
from handlers.away import owner_in_words
from handlers.undo import undo
from handlers.where import where
from services import accounts, duplicates, handover
from services.accounts import Card
from services.understanding.facts import Topic
from storage.accounts import Sighting
from storage.models import Account, Activity, Deal, Outcome, Reminder, Role, Stage, Visit

NOTE_SHOWN = 140


class ShowAccount(Form):
    """Look up a customer: last visits, contacts, what is open."""

    account: Account = ask(
        marked("Which customer?"), ACCOUNT, label=marked("Account"), hint=marked("Acme")
    )


@command(
    "account",
    "a",
    "customer",
    "客户",
    "查客户",
    allow=Role.REP,
    order=20,
    answers=Topic.ACCOUNT,
    examples=(marked("/account {account}"),),
)
async def show_account(context: Context, form: ShowAccount) -> Reply:
    """One card with all that the asker may see."""
    card = await accounts.card(context.work, context.person, form.account)
    owner = await owner_in_words(context, form.account.owner_id, card.owner)
    return reply(
        Markdown(f"*{join('', [card.account.name])}*"),
        Fields(tuple(_about(card, owner))),
        *_open(context, card),
        *_visits(context, card),
        Button(
            label("Log a visit"),
            Call("visit", {"account": str(card.account.id), GUIDED: GUIDED}),
            single=False,
        ),
        await _assign(context, card.account),
    )


async def _assign(context: Context, account: Account) -> Button | None:
    """The way to hand it over, for those who may."""
    may = context.person.role >= Role.MANAGER
    if not (may and await handover.may_assign(context.work, context.person, account)):
        return None
    seen = {"account": f"{account.id}@{account.owner_id}"}
    return Button(label("Hand over"), Call("assign", seen), single=False)


def _about(card: Card, owner: str) -> list[tuple[str, str]]:
    account = card.account
    status = f"{account.tier} · {_(LIFECYCLES[account.lifecycle])}"
    rows: list[tuple[str, str]] = [(_("Owner"), owner), (_("Tier"), status)]
    if account.city:
        rows.append((_("City"), account.city))
    if card.contacts:
        people = join("\n", (_contact(c.name, c.title, c.phone) for c in card.contacts[-3:]))
        rows.append((_("Contacts"), people))
    return rows


def _contact(name: str, title: str, phone: str) -> str:
    return " · ".join(part for part in (name, title, phone) if part)


def _open(context: Context, card: Card) -> list[str]:
    """What is to be done and when, the next step that nobody has taken yet, open deals."""
    lines: list[str] = [_due(context, each) for each in card.reminders]
    lines += [
        _("• Next: {step}", step=shortened(visit.next_step, NOTE_SHOWN))
        for visit in card.next_steps
    ]
    lines += [_deal(deal) for deal in card.deals[:3]]
    return [Markdown(f"*{_('Open')}*"), *(lines or [_("• Nothing open.")])]


def _due(context: Context, reminder: Reminder) -> str:
    text = shortened(reminder.text, NOTE_SHOWN) or _("Follow up")
    at = context.spelled(reminder.due_at, all_day=reminder.all_day)
    return _("• {at}: {what}", at=at, what=text)


def _deal(deal: Deal) -> str:
    line = _(
        "• {deal}: {amount}, {stage}",
        deal=deal.name,
        amount=money(deal.amount, deal.currency),
        stage=_(STAGES[Stage(deal.stage)]),
    )
    note = shortened(deal.note.rpartition("\n")[2], NOTE_SHOWN)
    return join("\n", filter(None, (line, note)))


def _visits(context: Context, card: Card) -> list[str]:
    title = Markdown(f"\n*{_('Last visits')}*")
    shown = [_visit(context, card, visit) for visit in card.visits]
    if card.earlier:
        shown.append(_("Earlier visits were {names}'s.", names=listed(card.earlier)))
    return [title, *(shown or [_("• None yet.")])]


def _visit(context: Context, card: Card, visit: Visit) -> Markdown:
    at = context.when(visit.at, all_day=visit.all_day)
    said: list[str] = [Markdown(f"*{at}*"), visit.rep.name]
    if visit.kind != Activity.VISIT:
        said.append(_(ACTIVITIES[Activity(visit.kind)]))
    if visit.contact:
        said.append(listed([visit.contact.name, *card.met.get(visit.id, ())]))
    if visit.outcome:
        said.append(_(OUTCOMES[Outcome(visit.outcome)]))
    if files := card.attachments.get(visit.id):
        said.append(counted("{count} file", "{count} files", files))
    if visit.verdict:
        said.append(where(visit))
    note = shortened(visit.note, NOTE_SHOWN)
    return join("\n", filter(None, (join(" · ", said), note)))


class AddContact(Form):
    """Add a contact to a customer."""

    account: Account = ask(
        marked("Which customer are they with?"),
        ACCOUNT_OR_NEW,
        label=marked("Account"),
        hint=marked("Acme"),
    )
    name: str = ask(
        marked("What's their name?"), PERSON_NAME, label=marked("Name"), hint=marked("Li Wei")
    )
    phone: str = ask(
        marked("Their phone number?"),
        PHONE,
        label=marked("Phone"),
        default="",
        hint="138 0013 8000",
    )


@command(
    "contact",
    "联系人",
    allow=Role.REP,
    order=25,
    examples=(
        marked("/contact {account}, Li Wei"),
        marked("/contact {account}, Dr Wang 138 0013 8000"),
    ),
)
async def add_contact(context: Context, form: AddContact) -> Reply:
    """Keep a person at an account."""
    await accounts.add_contact(context.work, form.account, form.name, phone=form.phone)
    named = {"name": form.name, "account": form.account.name}
    if context.work.author.change_id is None:
        return reply(_("{name} is in *{account}* already.", **named))
    twin = await duplicates.with_phone(context.work, context.person, form.phone, but=form.account)
    return reply(
        _("Saved: {name}, *{account}*.", **named),
        *(_twin(twin) if twin else ()),
        Button(label("Undo"), undo.call(change=context.work.change_id)),
    )


def _twin(twin: Sighting) -> tuple[str, Button]:
    """That another customer has that phone number, and what can be done about it."""
    if twin.mine or twin.open:
        said = _("That number is at *{account}*, too.", account=twin.name)
        return said, Button(label("Open it"), Call("account", {"account": str(twin.id)}))
    said = _(
        "That number is at *{account}*, too, which belongs to {owner}.",
        account=twin.name,
        owner=twin.owner,
    )
    return said, Button(label("Claim it"), Call("claim", {"account": str(twin.id)}))


class SharedContact(Form):
    """Add the contact you shared to a customer."""


@command("shared", allow=Role.REP, takes="contact")
async def shared_contact(context: Context, _form: SharedContact) -> Reply:
    """A contact shared from the phone: ask which customer they are with."""
    shared = context.message.contact if context.message else None
    if shared is None:
        return reply(
            _("Share a contact from your phone, and I'll keep it with the customer you name.")
        )
    known = {name: said for name, said in vars(shared).items() if said}
    recent = await accounts.likely(context.work, context.person, 5)
    return reply(
        _("Which customer is {name} with?", name=shared.name or shared.phone),
        *(
            Button(each.name, Call("contact", known | {"account": str(each.id)}))
            for each in recent
        ),
        Button(label("Another one"), Call("contact", known)),
    )

"""Getting in by an invitation, and the first words to whoever is in."""

from bot.answers import TEXT
from bot.commands import Context, command
from bot.forms import Form, ask
from bot.markdown import Markdown
from bot.messages import Button, Call, Reply, reply
from bot.phrases import LANGUAGES, _, label, marked, shortened, speaking
from bot.words import ROLES
from services import accounts, joining
from services.errors import InviteInGroup
from services.joining import Joined
from storage.models import Person, Role

NAMED = 60
TELLS = marked("visited {account}, demo went well, follow up on Friday at 3pm")
REMINDS = marked("remind me to call {account} tomorrow at 9am")
ASKS = marked("how many visits this month?")
"""What can be written in plain words, and works when pasted."""
KEPT = marked("What you tell me is kept in your company's database. More about that: /privacy")
"""GDPR 13, PIPL 17: said before anything is kept."""


class Start(Form):
    """Get in with an invitation."""

    code: str = ask(marked("What's your invitation code?"), TEXT, label=marked("Code"), default="")


@command("start", "开始", "join", "hi", "hello", "你好", "您好", allow=Role.GUEST)
async def start(context: Context, form: Start) -> Reply:
    """Let someone in, or greet whoever is in."""
    if form.code and context.visitor is None:
        return await _join(context, form.code)
    if context.visitor is None:
        return reply(
            _("Hello, I'm your company's sales assistant."),
            _(
                "To get in, open the link of your invitation, or send me its code. "
                "Whoever runs me in your company has one for you."
            ),
            private=False,
        )
    if form.code:
        return reply(
            _("You're in already, {name}. I didn't use the code.", name=context.person.name)
        )
    hello = _("Welcome back, {name}.", name=context.person.name)
    return _greeting(hello, context.person.role, await customer(context, context.person))


async def _join(context: Context, code: str) -> Reply:
    if not context.place.private:
        raise InviteInGroup
    told = context.sender.language[:2]
    joined = await joining.join(
        context.work,
        code,
        joining.Account(
            context.sender.platform, context.sender.id, context.place.bot, context.place.chat
        ),
        language=told if told in LANGUAGES else context.defaults.language,
        zone=context.defaults.zone,
        now=context.now,
    )
    person = joined.person
    await _tell_inviter(context, joined)
    await _warn(context, joined)
    with speaking(person.language):
        if joined.linked:
            return reply(_("Connected, {name}. You can use me here, too.", name=person.name))
        hello = _("Welcome, {name}. You're in as {role}.", name=person.name, role=_post(person))
        return _greeting(hello, person.role, await customer(context, person), KEPT)


async def customer(context: Context, person: Person) -> str:
    """A customer for the examples: one's own, if there is one."""
    own = await accounts.likely(context.work, person, 1)
    return own[0].name if own else _("Acme")


async def _tell_inviter(context: Context, joined: Joined) -> None:
    """Who came in, with a button for when that is somebody else."""
    if joined.invited_by_id is None:
        return
    inviter = await context.work.people.get(joined.invited_by_id)
    platform = context.sender.platform.capitalize()
    with speaking(inviter.language):
        named = {"name": joined.person.name, "role": _post(joined.person)}
        words = _("{name} accepted your invitation and joined as {role}.", **named)
        if called := shortened(" ".join(context.sender.name.split()), NAMED):
            words = _(
                "{name} accepted your invitation and joined as {role}, "
                "as “{called}” on {platform}.",
                called=called,
                platform=platform,
                **named,
            )
        if joined.linked:
            words = _("{name} is connected by {platform}, too.", platform=platform, **named)
        out = Call(
            "lockout",
            {
                "invite": str(joined.invite_id),
                "identity": str(joined.identity_id),
                "keep": "on" if joined.linked or joined.known else "off",
            },
        )
        wrong = Button(label("That isn't them"), out)
        context.tell(inviter.id, reply(words, wrong))


async def _warn(context: Context, joined: Joined) -> None:
    """Who was connected before hears of it there: it may be somebody else who speaks as them."""
    if not (joined.linked or joined.known):
        return
    inviter = joined.invited_by_id and await context.work.people.get(joined.invited_by_id)
    with speaking(joined.person.language):
        said = _(
            "{inviter} invited you again, and {platform} is connected to you now, too.",
            inviter=inviter.name if inviter else _("HQ"),
            platform=context.sender.platform.capitalize(),
        )
        context.warn(joined.person.id, reply(said, _("If that wasn't you, tell HQ at once.")))


def _post(person: Person) -> Markdown:
    """Someone's role and, below the company itself, their unit."""
    role = _(ROLES[Role(person.role)])
    if person.unit.parent_id is None:
        return role
    return _("{role}, {unit}", role=role, unit=person.unit.name)


def _greeting(hello: str, role: int, account: str, last: str = "") -> Reply:
    does = {
        Role.REP: _("Tell me about a visit in one message, and I'll remember it for you."),
        Role.MANAGER: _("Look up any customer of your team: who saw them, when, what is open."),
        Role.HQ: _("Look up any customer of the company: who saw them, when, what is open."),
    }[Role(role)]
    return reply(
        hello,
        does,
        _("Just write as you would to a colleague:"),
        example(TELLS if role == Role.REP else ASKS, account),
        example(REMINDS, account),
        _(last) if last else None,
        Button(label("What I can do"), Call("help"), single=False),
    )


def example(phrase: str, account: str) -> Markdown:
    return Markdown(f"`{_(phrase, account=account)}`")

"""What every adapter must do, whatever its platform.

An adapter's tests inherit `AdapterContract` and supply the fixture ``screen``: the adapter, a
place to send to, and what a person sees there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from bot.markdown import Markdown, escape
from bot.messages import (
    Block,
    Button,
    Buttons,
    Choice,
    Fields,
    File,
    Image,
    Incoming,
    Input,
    Link,
    Message,
    Place,
    Press,
    Reachable,
    Reply,
    Sheet,
    Submission,
    Table,
    Text,
    Token,
    reply,
)
from bot.runtime.adapter import Adapter, Outgoing


@dataclass(frozen=True)
class Shown:
    """One message on a person's screen."""

    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    """Label, and the token or address behind it."""
    files: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    """Stretches of text that the platform made tappable: links, mentions, commands, tags."""


class Screen(Protocol):
    """A platform's stand-in, as far as the contract needs it."""

    @property
    def adapter(self) -> Adapter: ...

    @property
    def place(self) -> Place: ...

    def shown(self) -> Sequence[Shown]: ...

    def complaints(self) -> Sequence[str]:
        """Each way in which the platform's rules were broken."""


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
CHART = File("chart.png", "image/png", content=PIXEL)
REPORT = File("report.csv", "text/csv", content=b"account,visits\r\nAcme,3\r\n")

BLOCKS: dict[str, tuple[Block, tuple[str, ...]]] = {
    "text": (Text(Markdown("Logged *Acme*, `7` _today_.")), ("Logged", "Acme", "7", "today")),
    "fields": (Fields((("Owner", "Ana"), ("Tier", "A"))), ("Owner", "Ana", "Tier", "A")),
    "table": (
        Table(("Rep", "Visits"), (("Ana", "12"), ("李伟", "7"))),
        ("Rep", "Visits", "Ana", "12", "李伟", "7"),
    ),
    "image": (Image(CHART, "Visits by week"), ("Visits by week", "chart.png")),
    "file": (REPORT, ("report.csv",)),
    "buttons": (
        Buttons((Button("Undo", Token("u1")), Button("More", Link("https://example.com/a")))),
        ("Undo", "More"),
    ),
    "choice": (
        Choice("Which Acme?", (Button("Acme East", Token("c1")), Button("Acme", Token("c2")))),
        ("Which Acme?", "Acme East", "Acme"),
    ),
    "sheet": (
        Sheet("Log a visit", (Input("account", "Account", "Acme"),), "Save", Token("s1")),
        ("Log a visit", "Account"),
    ),
}

NASTY = (
    "https://evil.com/a?b=c",
    "evil.com",
    "www.evil.ru/x",
    "http://10.0.0.1/x",
    "10.0.0.1",
    "tg://resolve?domain=evil",
    "@everyone @ana_sales",
    "<!channel> <@U123> <#C1|x>",
    "/erase all",
    "#tag #2024x",
    "$AAPL",
    "+86 138 0013 8000",
    "a.b@evil.com a@-b.io",
    "*bold* _italic_ `code` ~gone~",
    "[label](https://evil.com)",
    "<b>bold</b> <a href='https://evil.com'>x</a> &lt;i&gt; &amp;",
    "\\*not\\* \\[x\\](https://evil.com)",
    "]( ) ``` ** __ ~~ || > quote",
)

GARBAGE: tuple[Any, ...] = (
    {},
    {"update_id": 1},
    {"update_id": 1, "message": 5},
    {"update_id": 1, "message": {}},
    {"update_id": 1, "message": {"chat": None, "from": [], "date": "x"}},
    {"update_id": 1, "callback_query": {"id": [], "from": 3, "message": {"chat": 1}, "data": 7}},
    {"update_id": 1, "my_chat_member": "?"},
    {"type": "event_callback", "event": None},
    {"kind": "message", "text": 4},
)


class AdapterContract:
    """Inherit this, and supply ``screen``."""

    @pytest.fixture
    def screen(self) -> Screen:
        raise NotImplementedError("the adapter's test supplies its platform")

    def test_a_door_is_a_link_or_a_line_with_the_code(self, screen: Screen) -> None:
        """Whoever is invited opens it, or sends it: nothing has to be added."""
        code = "wJ4k9Xh2mQ7c_5Tz-0AbCd"
        door = screen.adapter.door(code)
        assert door.endswith(code)
        assert door.startswith(("https://", "/"))
        assert "\n" not in door

    @pytest.mark.parametrize("name", BLOCKS)
    async def test_every_block_is_shown_and_nothing_of_it_dropped(
        self, screen: Screen, name: str
    ) -> None:
        block, words = BLOCKS[name]
        await deliver(screen, Reply((Text(Markdown("First")), block)))

        seen = everything(screen.shown())
        assert [word for word in ("First", *words) if word not in seen] == []
        assert list(screen.complaints()) == []

    async def test_a_card_of_every_block_at_once(self, screen: Screen) -> None:
        await deliver(screen, Reply(tuple(block for block, _ in BLOCKS.values())))

        seen = everything(screen.shown())
        every = {word for _, words in BLOCKS.values() for word in words}
        assert set() == {word for word in every if word not in seen}
        assert list(screen.complaints()) == []

    @pytest.mark.parametrize("word", ["visit ", "拜访。", "x", "a.b ", "😀", "line\n", "*b* "])
    async def test_a_long_text_loses_nothing(self, screen: Screen, word: str) -> None:
        long = Markdown(word * 9_000)[:30_000]
        await deliver(screen, reply(Markdown(long)))

        wanted = Markdown(long).replace("*", "") if word == "*b* " else long
        assert squeezed(wanted) == squeezed("".join(one.text for one in screen.shown()))
        assert list(screen.complaints()) == []

    async def test_a_long_caption_loses_nothing(self, screen: Screen) -> None:
        alt = "Visits by week and region. " * 100
        await deliver(screen, Reply((Image(CHART, alt),)))

        assert squeezed(alt) in squeezed("".join(one.text for one in screen.shown()))
        assert list(screen.complaints()) == []

    async def test_more_buttons_than_a_message_holds(self, screen: Screen) -> None:
        buttons = tuple(Button(f"Account {n}", Token(f"t{n}")) for n in range(130))
        await deliver(screen, Reply((Text(Markdown("Which?")), Buttons(buttons))))

        tokens = {token for one in screen.shown() for _, token in one.buttons}
        assert {f"t{n}" for n in range(130)} == tokens
        assert list(screen.complaints()) == []

    async def test_a_reply_of_buttons_alone(self, screen: Screen) -> None:
        await deliver(screen, reply(Button("Undo", Token("u"))))

        assert ("Undo", "u") in screen.shown()[-1].buttons

    def test_packing_twice_changes_nothing(self, screen: Screen) -> None:
        whole = Reply(tuple(block for block, _ in BLOCKS.values()), edit=True)
        once = screen.adapter.pack(whole)

        assert once == tuple(part for card in once for part in screen.adapter.pack(card))

    def test_privacy_survives_packing(self, screen: Screen) -> None:
        for private in (True, False):
            packed = screen.adapter.pack(reply("word " * 5_000, private=private))
            assert {private} == {card.private for card in packed}

    def test_only_one_message_takes_the_place_of_the_card(self, screen: Screen) -> None:
        packed = screen.adapter.pack(reply("word " * 5_000, edit=True))

        assert [True] + [False] * (len(packed) - 1) == [card.edit for card in packed]

    def test_nothing_is_no_message(self, screen: Screen) -> None:
        assert screen.adapter.pack(Reply()) == ()
        assert screen.adapter.pack(reply(" \n\t ")) == ()

    @pytest.mark.parametrize("typed", NASTY)
    async def test_what_a_person_typed_stays_words(self, screen: Screen, typed: str) -> None:
        await deliver(
            screen,
            reply(
                Markdown(f"Logged *{escape(typed)}* for {escape(typed)}, see below."),
                Fields(((typed, typed),)),
                Button(typed, Token("t")),
            ),
        )

        assert tuple(found for one in screen.shown() for found in one.active) == ()
        assert everything(screen.shown()).count(typed) >= 4
        assert list(screen.complaints()) == []

    async def test_an_edit_takes_the_place_of_the_card(self, screen: Screen) -> None:
        [card] = await deliver(screen, reply("Send it?", Button("Send", Token("t"))))
        before = len(screen.shown())
        await deliver(screen, reply("Sent.", edit=True), edit=card)

        assert before == len(screen.shown())
        assert "Sent." in screen.shown()[-1].text
        assert screen.shown()[-1].buttons == ()

    async def test_typing_never_raises(self, screen: Screen) -> None:
        await screen.adapter.typing(screen.place)
        nowhere = Place(screen.place.platform, screen.place.bot, "999")
        await screen.adapter.typing(nowhere)

    @pytest.mark.parametrize("payload", GARBAGE, ids=str)
    def test_garbage_raises_or_is_nothing(self, screen: Screen, payload: Any) -> None:
        try:
            found: Incoming | None = screen.adapter.read(payload)
        except Exception:  # the runtime quarantines it, whatever it is
            return
        assert found is None or isinstance(found, Message | Press | Submission | Reachable)


async def deliver(screen: Screen, whole: Reply, *, edit: str = "") -> list[str]:
    """Pack and send a reply as the runtime does; returns the messages' names."""
    names: list[str] = []
    for number, card in enumerate(screen.adapter.pack(whole)):
        outgoing = Outgoing(number, screen.place, card, edit=edit if card.edit else "")
        names.append(await screen.adapter.send(outgoing))
    return names


def everything(shown: Sequence[Shown]) -> str:
    """All that can be read on the screen, marks that can't be seen taken out."""
    parts = (
        part
        for one in shown
        for part in (one.text, *one.files, *(word for pair in one.buttons for word in pair))
    )
    return visible("\n".join(parts))


def visible(text: str) -> str:
    return text.replace("\u2060", "")


def squeezed(text: str) -> str:
    """The words without the white space, which may change where a text is parted."""
    return "".join(visible(text).split())

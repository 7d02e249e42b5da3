"""What the tests of Slack's looks share: a strict check of Block Kit, and cards of any kind."""

from typing import Any

from hypothesis import strategies as st

from bot.markdown import Markdown, escape
from bot.messages import (
    Block,
    Button,
    Buttons,
    Choice,
    Fields,
    File,
    Image,
    Input,
    Link,
    Reply,
    Sheet,
    Table,
    Text,
    Token,
)
from tests.acceptance import slack_reader
from tests.acceptance.fakes import load
from tests.adapters.contract import Shown, visible

Json = dict[str, Any]

PHOTO = File("chart.png", "image/png", ref="F1")
WORDS = st.text(alphabet="ab .@/#\n中：😀*_`~>:|\\[]<&-", max_size=60)
LONG = st.builds(lambda text, times: text * times, WORDS, st.sampled_from([1, 1, 7, 200]))
TOKEN = st.builds(Token, st.text("abc", min_size=1, max_size=20), st.booleans())
TARGET = st.one_of(TOKEN, st.sampled_from([Link("https://example.com/a"), Link("tg://x")]))
BUTTON = st.builds(Button, WORDS, TARGET, primary=st.booleans())
ROWS = st.lists(st.tuples(WORDS, WORDS), max_size=40).map(tuple)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(lambda text: Text(escape(text)), LONG),
    st.builds(lambda text: Text(Markdown(text.replace("\\", ""))), WORDS),
    st.builds(lambda alt: Image(PHOTO, alt), LONG),
    st.just(File("a.csv", "text/csv", ref="F2")),
    st.builds(Fields, ROWS),
    st.builds(lambda text: Fields((("Note", text),)), LONG),
    st.builds(lambda rows: Table(("A", "B"), rows), ROWS),
    st.builds(lambda n: Table(("A", "B"), (("a", "1"),) * n), st.integers(90, 130)),
    st.builds(lambda buttons: Buttons(tuple(buttons)), st.lists(BUTTON, max_size=12)),
    st.builds(lambda n: Buttons((Button("x", Token("t")),) * n), st.integers(90, 130)),
    st.builds(lambda p, o: Choice(p, tuple(o)), LONG, st.lists(BUTTON, max_size=4)),
    st.builds(
        lambda n: Choice("Which?", tuple(Button(f"o{i}", Token(f"t{i}")) for i in range(n))),
        st.integers(90, 130),
    ),
)
REPLY = st.builds(lambda blocks: Reply(tuple(blocks)), st.lists(BLOCK, max_size=5))


def faults(blocks: list[Json], surface: str = "message") -> list[str]:
    """Each rule of Block Kit that these blocks break."""
    kit = load("fake_slack").BlockKit(surface)
    kit.blocks(blocks)
    return [*kit.errors, *_unescaped(kit), *twice(blocks)]


def view_faults(view: Json) -> list[str]:
    """Each rule of Slack's views that this one breaks."""
    kit = load("fake_slack").BlockKit(view["type"])
    kit.view(view)
    return [*kit.errors, *_unescaped(kit), *twice(view["blocks"])]


def _unescaped(kit: Any) -> list[str]:
    return [body for _, body in kit.mrkdwn if load("fake_slack").unescaped(body)]


def twice(blocks: list[Json]) -> list[str]:
    """Names that are given to two things at once."""
    tappable = [*slack_reader.elements(blocks)]
    names = [each["action_id"] for each in tappable]
    names += [each["block_id"] for each in blocks if "block_id" in each]
    return sorted({name for name in names if names.count(name) > 1})


def seen(blocks: list[Json]) -> Shown:
    """What a person reads of the blocks."""
    return slack_reader.message({"blocks": blocks, "text": ""})


def squeezed(text: str) -> str:
    """The words without what can't be seen."""
    return "".join(visible(text).split())


def sheet(*questions: Input) -> Sheet:
    """A form of these questions."""
    return Sheet("Log a visit to an account.", questions, "Save", Token("s1"))

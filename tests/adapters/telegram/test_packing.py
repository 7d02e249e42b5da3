from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.telegram.html import WORD_JOINER, entities, to_html, units, visible
from bot.adapters.telegram.packing import pack
from bot.markdown import Markdown, escape, markdown, plain
from bot.messages import (
    Block,
    Button,
    Buttons,
    Choice,
    Fields,
    File,
    Image,
    Link,
    Reply,
    Table,
    Text,
    Token,
    reply,
)

PHOTO = File("chart.png", "image/png", ref="photo-1")
WORDS = st.text(alphabet="ab .@/#\n中😀*_`\\[]<&", max_size=60)
LONG = st.builds(lambda text, times: text * times, WORDS, st.sampled_from([1, 1, 7, 200]))
BUTTON = st.builds(Button, WORDS, st.builds(Token, st.text("abc", min_size=1, max_size=20)))
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(lambda text: Text(escape(text)), LONG),
    st.builds(lambda text: Text(Markdown(text)), WORDS),
    st.builds(lambda alt: Image(PHOTO, alt), LONG),
    st.just(File("a.csv", "text/csv", ref="file-1")),
    st.builds(lambda rows: Fields(tuple(rows)), st.lists(st.tuples(WORDS, WORDS), max_size=40)),
    st.builds(
        lambda rows: Table(("A", "B"), tuple(rows)), st.lists(st.tuples(WORDS, WORDS), max_size=40)
    ),
    st.builds(lambda buttons: Buttons(tuple(buttons)), st.lists(BUTTON, max_size=5)),
    st.builds(lambda n: Buttons((Button("x", Token("t")),) * n), st.integers(90, 260)),
    st.builds(lambda p, o: Choice(p, tuple(o)), WORDS, st.lists(BUTTON, max_size=4)),
)
REPLY = st.builds(lambda blocks: Reply(tuple(blocks)), st.lists(BLOCK, max_size=5))


def words(cards: tuple[Reply, ...]) -> str:
    parts: list[str] = []
    for block in (block for card in cards for block in card.blocks):
        match block:
            case Text(text):
                parts.append(plain(text))
            case Image(_, alt):
                parts.append(plain(markdown(alt)))
            case _:
                continue
    return "".join("".join(parts).replace(WORD_JOINER, "").split())


def buttons(cards: tuple[Reply, ...]) -> list[Button]:
    return [
        button
        for card in cards
        for block in card.blocks
        if isinstance(block, Buttons)
        for button in block.buttons
    ]


def check_limits(card: Reply) -> None:
    content, *rest = card.blocks
    assert all(isinstance(block, Buttons) for block in rest)
    assert len(buttons((card,))) <= 100
    match content:
        case Text(text):
            assert visible(text)
            assert units(text) <= 4096
            assert entities(text) <= 100
            assert len(to_html(text).encode()) <= 32 * 1024
        case Image(_, alt):
            assert units(markdown(alt)) <= 1024
        case _:
            assert isinstance(content, File)


@settings(deadline=None)
@given(REPLY)
def test_any_reply_is_within_the_limits_and_packing_twice_changes_nothing(whole: Reply) -> None:
    packed = pack(whole)

    for card in packed:
        check_limits(card)
    assert packed == tuple(part for card in packed for part in pack(card))


@settings(deadline=None)
@given(st.lists(LONG, max_size=4))
def test_no_word_is_lost(texts: list[str]) -> None:
    packed = pack(reply(*texts))

    wanted = "".join("".join(texts).split()) if any(map(visible, map(escape, texts))) else ""
    assert wanted.replace(WORD_JOINER, "") == words(packed)


@settings(deadline=None)
@given(LONG)
def test_no_word_of_a_caption_is_lost(alt: str) -> None:
    packed = pack(Reply((Image(PHOTO, alt),)))

    wanted = "".join(alt.split()) if visible(escape(alt)) else ""
    assert wanted == words(packed)
    assert sum(isinstance(card.blocks[0], Image) for card in packed) == 1


@settings(deadline=None)
@given(REPLY)
def test_no_button_is_lost(whole: Reply) -> None:
    wanted = [
        button
        for block in whole.blocks
        if isinstance(block, Buttons | Choice)
        for button in (block.buttons if isinstance(block, Buttons) else block.options)
    ]
    assert sorted(map(repr, wanted)) == sorted(map(repr, buttons(pack(whole))))


def test_typed_marks_that_grow_still_fit() -> None:
    """Each dot is followed by a mark that can't be seen but counts."""
    packed = pack(reply("a." * 2_048))

    assert len(packed) > 1
    for card in packed:
        check_limits(card)
    assert words(packed) == "a." * 2_048


def test_more_styled_words_than_telegram_shows_styled_are_parted() -> None:
    packed = pack(Reply((Fields(tuple((f"n{n}", "v") for n in range(150))),)))

    assert len(packed) > 1
    for card in packed:
        check_limits(card)


def test_styles_survive_parting() -> None:
    """A typed dot inside a styled word must not end the style."""
    line = "_a\\.b_ *c\\.d* [*e\\.f*](https://example.com)\n"
    packed = pack(reply(Markdown(line * 200)))

    shown = "".join(
        to_html(card.blocks[0].markdown) for card in packed if isinstance(card.blocks[0], Text)
    )
    assert len(packed) > 1
    assert shown.count("<i>") == shown.count('"><b>') == 200
    assert shown.count("<b>") == 400
    assert "_" not in shown


def test_buttons_sit_on_the_last_text_before_them() -> None:
    undo = Button("Undo", Token("u"))
    packed = pack(reply("Logged.", Image(PHOTO, "The week"), undo))

    assert Reply((Text(Markdown("Logged")), Buttons((undo,)))).blocks[1:] == packed[0].blocks[1:]
    assert (Image(PHOTO, Markdown("The week")),) == packed[1].blocks


def test_buttons_after_a_split_text_sit_on_its_last_part() -> None:
    packed = pack(reply("word " * 2_000, Button("Undo", Token("u"))))

    assert [0] * (len(packed) - 1) + [1] == [len(buttons((card,))) for card in packed]


def test_buttons_under_a_picture_without_words_before_it() -> None:
    [card] = pack(reply(Image(PHOTO, "The week"), Button("Undo", Token("u"))))

    assert len(card.blocks) == 2


def test_a_link_that_telegram_refuses_is_written_out() -> None:
    local = Button("Open", Link("http://localhost:8000/x"))
    fine = Button("Docs", Link("https://example.com/x"))
    [card] = pack(reply("Ready.", local, fine))

    assert [fine] == buttons((card,))
    assert words((card,)) == "Ready.Open:http://localhost:8000/x"


def test_an_empty_file_is_named_instead_of_sent() -> None:
    [card] = pack(Reply((File("empty.csv", "text/csv"),)))

    assert "empty.csv" in words((card,))


def test_blank_replies_are_no_message() -> None:
    assert pack(Reply()) == ()
    assert pack(reply("  \n")) == ()

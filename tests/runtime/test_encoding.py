import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import Markdown
from bot.messages import (
    Button,
    Buttons,
    Call,
    Choice,
    Fields,
    File,
    Image,
    Input,
    Link,
    Place,
    Reply,
    Sheet,
    Table,
    Text,
    Token,
    Way,
)
from bot.runtime.encoding import Parcel, pack, unpack

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
texts = words | words.map(Markdown)
files = st.builds(File, words, words, words, st.binary(max_size=50))
tokens = st.builds(Token, words, st.booleans())
buttons = st.builds(Button, texts, tokens | st.builds(Link, words), st.booleans(), st.booleans())
rows = st.lists(buttons, max_size=3).map(tuple)
inputs = st.builds(
    Input,
    name=words,
    label=texts,
    hint=texts,
    value=texts,
    error=texts,
    required=st.booleans(),
    multiline=st.booleans(),
    options=st.lists(st.tuples(texts, words), max_size=2).map(tuple),
    way=st.sampled_from(Way),
    stored=words,
    focus=st.booleans(),
    doubt=texts,
)
cells = st.lists(texts, max_size=3).map(tuple)
blocks = st.one_of(
    st.builds(Text, words.map(Markdown)),
    st.builds(Fields, st.lists(st.tuples(texts, texts), max_size=3).map(tuple)),
    st.builds(Table, cells, st.lists(cells, max_size=3).map(tuple)),
    st.builds(Image, files, texts),
    files,
    st.builds(Buttons, rows),
    st.builds(Choice, texts, rows),
    st.builds(
        Sheet,
        texts,
        st.lists(inputs, max_size=2).map(tuple),
        texts,
        st.builds(Token, words),
        st.booleans(),
        st.none() | st.builds(Token, words.filter(bool), form=st.just(value=True)),
    ),
)
places = st.builds(Place, words, words, words, words, st.booleans(), words)
parcels = st.builds(
    Parcel,
    places,
    st.builds(Reply, st.lists(blocks, max_size=4).map(tuple)),
    words,
    words,
    words,
    words,
)


@given(parcels)
def test_what_leaves_the_database_is_what_went_in(parcel: Parcel) -> None:
    kept = unpack(json.loads(json.dumps(pack(parcel))))
    assert kept == parcel
    assert _markup(kept) == _markup(parcel)


def _markup(parcel: Parcel) -> str:
    """Markdown equals the same plain text, so that is compared by itself."""
    return repr([[type(word).__name__ for word in _words(block)] for block in parcel.reply.blocks])


def _words(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case tuple():
            return [word for each in value for word in _words(each)]
        case bytes() | bool():
            return []
        case None:
            return []
        case _:
            return [word for each in vars(value).values() for word in _words(each)]


OLD_INPUT = {
    "name": "account", "label": "Account", "hint": "", "value": "", "error": "",
    "required": True, "multiline": False, "options": [["Demo", "demo"]],
}  # fmt: skip
OLD = {
    "place": ["telegram", "1", "7", "", True],
    "blocks": [
        {"text": "*Hi*"},
        {"buttons": [{"token": "t", "label": "Go", "single": True, "primary": False}]},
        {"sheet": [OLD_INPUT], "title": "Log", "submit": "Save", "token": "s"},
    ],
    "edit": None,
    "ack": None,
}
"""A message as it was owed before there were windows."""


def test_what_the_version_before_owed_is_sent() -> None:
    asked = Input("account", "Account", required=True, options=(("Demo", "demo"),))
    assert unpack(OLD) == Parcel(
        Place("telegram", "1", "7"),
        Reply(
            (
                Text(Markdown("*Hi*")),
                Buttons((Button("Go", Token("t")),)),
                Sheet("Log", (asked,), "Save", Token("s")),
            )
        ),
    )


@pytest.mark.parametrize(
    "block",
    [Buttons((Button("Undo", Call("undo")),)), Sheet("Log", (), "Save", Call("submit"))],
)
def test_a_call_never_leaves(block: Buttons | Sheet) -> None:
    with pytest.raises(TypeError, match="token"):
        pack(Parcel(Place("telegram", "1", "7"), Reply((block,))))


def test_what_nobody_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="no block has the keys"):
        unpack({"place": ["a", "b", "c"], "blocks": [{"song": 1}], "edit": "", "ack": ""})

import pytest

from tests.services.understanding.sentences.telling import told

CASES = [
    ("visited Acme yesterday", ""),
    ("visited Acme, met Li Wei, demo went well", "demo went well"),
    ("visited acme met li wei demo went well follow up in two weeks", "demo went well"),
    ("deal to proposal 50k", ""),
    ("price too high, they want 8% off", "price too high, they want 8% off"),
    ("拜访了华东医院王主任，演示顺利", "演示顺利"),
    ("提醒我明天上午9点给王主任送样机", "提醒我明天上午9点给王主任送样机"),
    ("called wilson ortho left vm", "left vm"),
]


@pytest.mark.parametrize(("text", "note"), CASES)
def test_what_is_left(text: str, note: str) -> None:
    assert told(text).note == note


@pytest.mark.parametrize(
    "text",
    [
        "met Tom - wants 4 units & a van, wrapped in blue; call him Friday",
        "- saw Pete\n- two old Haas mills, 70% uptime\n- wants a quote",
        "聊了新设备采购的事他说预算要等到下个月才批",
        "客户：华强电子\n情况：目前用顺丰，月均2.3万票",
    ],
)
def test_no_words_are_cut_out(text: str) -> None:
    note = told(text).note
    assert note
    assert all(part.strip("; ") in text for part in note.split("; "))


def test_what_is_too_long_stays_in_the_note() -> None:
    text = "visited Acme. " + "they talked about the weather. " * 200 + "call Tom on Friday."
    assert told(text).note.endswith("call Tom on Friday.")

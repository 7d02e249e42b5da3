"""What holds of every message, however odd."""

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.understanding.facts import Facts, Vocabulary
from services.understanding.messages import understand
from tests.services.understanding.sentences.telling import scene, told

ENGLISH = """
    visited met acme Acme Globex Li Wei Dr. Patel at with from the demo went well not keen price
    too high follow up friday next week send quote 50k $62k by deal to proposal won lost remind me
    call tomorrow 9am ? ! . , - : ( ) 3M
    """
CHINESE = """
    拜访了 华东医院 王主任 演示 顺利 不 感兴趣 下周二 下午3点 回访 商机 推进到 报价 5万 提醒我
    明天 的 和 了 ， 。 、 【 】 7天酒店 周总 去 在 三 一
    """
WORDS = [*ENGLISH.split(), *CHINESE.split(), "\n", "😀", "\u202e", "\0"]
SALAD = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
TIGHT = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)
ANY = st.one_of(st.text(max_size=200), SALAD, TIGHT)
VOCABULARY = Vocabulary(
    accounts=("Acme", "华东医院", "", "A"), contacts=("Li Wei", "王主任"), products=("X200",)
)
KEPT = ("account", "stage", "amount", "follow_up", "outcome")


@given(ANY)
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(told(text), Facts)
    assert isinstance(told(text, VOCABULARY), Facts)


@given(ANY)
def test_names_stand_in_the_text(text: str) -> None:
    facts = told(text)
    source = facts.evidence.get("account", "")
    assert source in text or not text.isascii()
    if facts.account and text.isascii():
        assert facts.account.text in text
    for contact in facts.contacts:
        assert contact.text in text or not text.isascii()


@given(SALAD)
def test_the_same_text_is_read_the_same(text: str) -> None:
    assert told(text) == told(text)


@given(SALAD)
@example("Globex visited remind Acme")
def test_spaces_around_change_nothing(text: str) -> None:
    inner = text.strip()
    plain, padded = told(inner), told(f"  {inner}  ")
    assert [getattr(plain, name) for name in KEPT] == [getattr(padded, name) for name in KEPT]


STATEMENTS = [
    "visited Acme, met Li Wei, demo went well, follow up in two weeks, deal to proposal 50k",
    "called Tom at Globex, he is not interested",
    "remind me to call Petra at Alpenglow tomorrow at 4",
    "lost keppel fresh to kuehne nagel",
    "拜访了华东医院王主任，演示顺利，下周二下午3点回访，商机推进到报价5万",
    "给陈工打了电话，样品测试没通过",
    "提醒我周五下午3点给何总发合同",
]
ASIDES = [
    "the weather was fine all day",
    "traffic on the ring road again",
    "天气晴朗",
    "路上有些堵",
]


@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize("text", STATEMENTS)
def test_what_has_nothing_to_do_with_it_changes_no_fact(text: str, aside: str) -> None:
    alone, together = told(text), told(f"{text}. {aside}")
    assert alone.account == together.account
    assert alone.contacts == together.contacts
    assert alone.stage == together.stage
    assert alone.amount == together.amount
    assert alone.follow_up == together.follow_up
    assert alone.intent == together.intent


@pytest.mark.parametrize("text", STATEMENTS)
def test_breaks_between_lines_are_as_good_as_commas(text: str) -> None:
    commas, lines = told(text), told(text.replace(", ", "\n").replace("，", "\n"))
    assert commas.account == lines.account
    assert commas.follow_up == lines.follow_up
    assert commas.stage == lines.stage


@pytest.mark.parametrize("text", STATEMENTS)
def test_evidence_is_in_the_text(text: str) -> None:
    lowered = text.lower()
    for name, words in told(text).evidence.items():
        assert all(word.lower() in lowered for word in words.split(", ")), name


@pytest.mark.parametrize("text", STATEMENTS)
def test_small_letters_name_the_same_customer(text: str) -> None:
    name = told(text).account
    small = told(text.lower()).account
    assert (name.best.lower() if name else "") == (small.best.lower() if small else "")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "医院" * 50_000,
        "visited acme " * 8_000,
        ".," * 50_000,
        "王总" * 50_000,
        "a@" * 50_000,
        "w/" * 50_000,
        "a." * 50_000,
        "三天" * 50_000,
        " " * 100_000,
        "((" * 50_000,
        "and " * 25_000,
    ],
)
def test_rubbish_of_any_length_is_quick(text: str) -> None:
    begun = perf_counter()
    understand(text, scene("a"))
    assert perf_counter() - begun < 1

import unicodedata
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import ContactCard, Detail, File, Message, Submission
from bot.runtime.cleaning import HARMFUL, LONGEST, clean, clean_incoming, is_too_long
from tests.talk import MONDAY, Company, Someone

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()))


def someone() -> Someone:
    return Someone(None, "7", "chat", "Ana\u202e\0")  # type: ignore[arg-type]  # says nothing here


@given(ANY)
def test_any_text_can_be_stored_on_any_database(text: str) -> None:
    cleaned = clean(text)
    assert not HARMFUL.search(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


def test_what_can_be_seen_stays() -> None:
    assert (
        clean("王主任 met\tAna’s 👩‍👩‍👧 café\n2nd line")
        == "王主任 met\tAna’s 👩‍👩‍👧 café\n2nd line"
    )


def test_two_ways_to_write_a_letter_become_one() -> None:
    assert clean("cafe\u0301") == clean("caf\u00e9")


def test_every_text_of_a_message_is_cleaned() -> None:
    ana = someone()
    dirty = Message(
        ana.sender,
        ana.place,
        "a\0b",
        MONDAY,
        files=(File("x\u202egpj.exe", "image/jpeg\0"),),
        contact=ContactCard("Li\0", "1\0"),
    )
    cleaned = clean_incoming(dirty)
    assert isinstance(cleaned, Message)
    assert "\0" not in repr(cleaned)
    assert "\u202e" not in cleaned.files[0].name + cleaned.sender.name
    assert (
        cleaned.text,
        cleaned.contact and cleaned.contact.name,
        cleaned.contact and cleaned.contact.phone,
    ) == ("ab", "Li", "1")
    form = clean_incoming(Submission(ana.sender, ana.place, "t", {"note": "a\0"}, MONDAY))
    assert isinstance(form, Submission)
    assert form.answers == {"note": "a"}
    detail = clean_incoming(detailed(ana, value="+N\0ova", note="a\0", account="+N\u202eova"))
    assert isinstance(detail, Detail)
    assert (detail.value, detail.answers, detail.chosen) == (
        "+Nova", {"note": "a"}, {"account": "+Nova"},
    )  # fmt: skip


def detailed(who: Someone, value: str, note: str, account: str) -> Detail:
    """A new customer was picked in a form."""
    typed, chosen = {"note": note}, {"account": account}
    return Detail(
        who.sender, who.place, "t", "account", value, typed, chosen, MONDAY, "view:2", "view:1"
    )


def test_long_is_long_in_a_message_and_over_a_whole_form() -> None:
    ana = someone()
    assert not is_too_long(Message(ana.sender, ana.place, "x" * LONGEST, MONDAY))
    assert is_too_long(Message(ana.sender, ana.place, "x" * (LONGEST + 1), MONDAY))
    half = "x" * (LONGEST // 2 + 1)
    assert is_too_long(Submission(ana.sender, ana.place, "t", {"a": half, "b": half}, MONDAY))
    assert is_too_long(detailed(ana, "+Nova", half, half))
    assert not is_too_long(detailed(ana, "+Nova", half, "+Nova"))


async def test_a_note_with_a_null_and_a_lone_surrogate_is_kept(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, good talk\0 \ud83d about price")
    ana.sees("Logged", "good talk", "about price")


async def test_a_message_too_long_is_asked_for_in_parts(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, " + "x" * LONGEST)
    ana.sees("4,000")


LONG = st.lists(
    st.sampled_from(["e", "\u0301", "\u0327", "가", "\u1100", "\u1161", "\u11a8", "中", " ", "ä"]),
    min_size=700,
    max_size=1_000,
).map("".join)


@given(LONG)
def test_a_long_text_is_composed_as_a_short_one(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_letters_under_heaps_of_marks_take_no_time() -> None:
    heap = "e" + "\u0301\u0327\u0316\u0345" * 25_000
    began = process_time()
    clean(heap)
    assert process_time() - began < 1.0

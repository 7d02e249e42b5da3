import pytest

from services.understanding.facts import Vocabulary
from tests.services.understanding.sentences.telling import account, told

KNOWN = Vocabulary(
    accounts=(
        "Globex Corporation",
        "上海华东医院",
        "7天酒店",
        "明天集团",
        "May Flowers",
        "Acme Ltd",
    ),
    contacts=("周末", "April Summers"),
    products=("X200", "血糖仪"),
    competitors=("Initech", "迈瑞"),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("visited Globex Corporation", "Globex Corporation"),
        ("visited globex", "Globex Corporation"),
        ("visited Globx corporation", "Globex Corporation"),
        ("met Tom at acme ltd", "Acme Ltd"),
        ("visited acme", "Acme Ltd"),
        ("拜访了华东医院", "上海华东医院"),
        ("上海华东医院王主任说可以", "上海华东医院"),
        ("7天酒店续约", "7天酒店"),
        ("visited Umbrella", "Umbrella"),
        ("visited may flowers yesterday", "May Flowers"),
    ],
)
def test_known_customers(text: str, name: str) -> None:
    assert account(text, KNOWN) == name


def test_a_known_customer_is_shown_as_it_was_typed() -> None:
    found = told("visited globex", KNOWN).account
    assert found
    assert (found.text, found.known) == ("globex", "Globex Corporation")


def test_a_name_that_is_a_part_of_a_known_one_is_a_guess() -> None:
    assert not told("拜访了华东医院", KNOWN).sure


def test_a_known_customer_inside_another_word_is_none() -> None:
    assert account("visited globexia", KNOWN) == "globexia"


@pytest.mark.parametrize("text", ["拜访明天集团", "回访周末", "follow up with April Summers"])
def test_known_names_are_no_times(text: str) -> None:
    assert told(text, KNOWN).follow_up is None


def test_known_contacts_are_found_anywhere() -> None:
    found = told("周末说可以", KNOWN).contacts
    assert [each.best for each in found] == ["周末"]


def test_known_products_and_competitors() -> None:
    found = told("visited Acme, x200 is cheaper than initech", KNOWN)
    assert (found.product, found.competitor) == ("X200", "Initech")
    assert told("迈瑞的血糖仪便宜", KNOWN).competitor == "迈瑞"


def test_a_large_vocabulary_is_arranged_once() -> None:
    many = Vocabulary(accounts=tuple(f"Customer {number} Ltd" for number in range(5_000)))
    assert account("visited customer 4711 ltd", many) == "Customer 4711 Ltd"

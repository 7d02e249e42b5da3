import pytest

from tests.services.understanding.sentences.telling import told


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("visited Acme, they are interested in the X200", "X200"),
        ("gave a demo of the X200 at Acme", "X200"),
        ("quoted for the ProLine 5", "ProLine"),
        ("对X200感兴趣", "X200"),
        ("演示了X200", "X200"),
        ("visited Acme", ""),
        ("they were interested", ""),
        ("演示顺利", ""),
    ],
)
def test_what_is_sold(text: str, product: str) -> None:
    found = told(text).product
    assert found.startswith(product) if product else found == ""


@pytest.mark.parametrize(
    ("text", "competitor"),
    [
        ("they are using Grundfos now", "Grundfos"),
        ("lost to Globex", "Globex"),
        ("comparing us with HubSpot", "HubSpot"),
        ("they went with Goodyear", "Goodyear"),
        ("switching from Zeiss", "Zeiss"),
        ("目前用西门子", "西门子"),
        ("竞品是基恩士", "基恩士"),
        ("输给博世了", "博世"),
        ("在用力士乐", "力士乐"),
        ("visited Acme", ""),
        ("they are using it every day", ""),
        ("拜访了华东医院", ""),
    ],
)
def test_against_whom(text: str, competitor: str) -> None:
    assert told(text).competitor == competitor


@pytest.mark.parametrize(
    "text", ["visited Acme, they use Grundfos now", "拜访华东医院，目前用西门子"]
)
def test_the_competitor_is_not_the_customer(text: str) -> None:
    found = told(text)
    assert found.account
    assert found.account.best != found.competitor

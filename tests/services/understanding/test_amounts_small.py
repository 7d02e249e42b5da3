"""Small money: cents, pence, jiao and fen, on their own and after the whole ones."""

import pytest

from tests.services.understanding.amounts_told import CHINESE, ENGLISH, found, read, table

CENTS = """
99 cents | 0.99 USD
a cent | 0.01 USD
ten cents | 0.1 USD
20c | 0.2 USD
99¢ | 0.99 USD
50p | 0.5 GBP
50 pence | 0.5 GBP
50 euro cents | 0.5 EUR
10-20 cents | 0.1..0.2 USD
five dollars and twenty cents | 5.2 USD
5 dollars, 20 cents | 5.2 USD
$5 and 20 cents | 5.2 USD
$12 99 cents | 12.99 USD
seven dollar and 6 cents | 7.06 USD
5 euros 20 cents | 5.2 EUR
3 pounds 50 pence | 3.5 GBP
£3 and 50p | 3.5 GBP
£3.50p | 3.5 GBP
twenty dollars forty-three | 20.43 USD
twenty dollars and forty-three cents | 20.43 USD
nine pounds fifty | 9.5 GBP
nine pounds fifty each | 9.5 GBP
a dollar | 1 USD
a dollar fifty | 1.5 USD
a buck fifty | 1.5 USD
two euros ten | 2.1 EUR
"""

JIAO = """
五角 | 0.5 CNY
五毛 | 0.5 CNY
伍角整 | 0.5 CNY
人民币伍角整 | 0.5 CNY
八毛五 | 0.85 CNY
八角五分 | 0.85 CNY
两分钱 | 0.02 CNY
五块二毛 | 5.2 CNY
五块二毛五分 | 5.25 CNY
十块零五分 | 10.05 CNY
九块九毛九 | 9.99 CNY
50美分 | 0.5 USD
五十美分 | 0.5 USD
50欧分 | 0.5 EUR
50便士 | 0.5 GBP
五美元二十美分 | 5.2 USD
壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分 | 1234567.89 CNY
"""

IN_SENTENCES = """
they pay 20 cents each | 0.2 USD
unit price is five dollars fifty | 5.5 USD
two dollars ten units | 2 USD
between 50 cents and $1 | 0.5 USD; 1 USD
just my two cents | -
it is 20c outside | -
1080p screen | -
a pound lighter than ours | -
三毛的书 | -
五角大楼 | -
涨了五毛 | -
便宜两毛 | 0.2 CNY
报价五角星 | -
price 50p each | 0.5 GBP
price is $5, 20 cents less than theirs | 5 USD; 0.2 USD
涨了五毛钱 | 0.5 CNY
"""


@pytest.mark.parametrize(("text", "expected"), table(CENTS + JIAO))
def test_a_small_sum(text: str, expected: str) -> None:
    assert read(text, ENGLISH if text.isascii() else CHINESE) == expected


@pytest.mark.parametrize(("text", "expected"), table(IN_SENTENCES))
def test_small_money_in_a_sentence(text: str, expected: str) -> None:
    assert found(text, ENGLISH if text.isascii() else CHINESE) == expected

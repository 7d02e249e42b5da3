"""Photos are kept with the customer whom their caption names, and answer no question."""

import pytest

from tests.dialogs.helpers import attachments, visits
from tests.talk import PHOTO, Company, Someone


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone) -> None:
    for name in ("Kestrel Circuits", "Ricelight Foods", "和禾妇幼"):
        await company.open_account(ana, name)


async def test_it_is_kept_with_the_one_it_names(company: Company, ana: Someone) -> None:
    await ana.says("/visit Ricelight Foods")
    await ana.says("/visit Kestrel Circuits")
    await ana.says("Ricelight Foods meter", files=(PHOTO,))
    ana.sees("Kept 1 file with your visit to Ricelight Foods")
    [kept] = await attachments(company)
    assert kept.visit_id == (await visits(company))[0].id


@pytest.mark.parametrize("caption", ["Ricelight Foods meter", "和禾妇幼机房照片"])
async def test_it_is_never_kept_with_another(company: Company, ana: Someone, caption: str) -> None:
    await ana.says("/visit Kestrel Circuits")
    await ana.says(caption, files=(PHOTO,))
    ana.sees("What I understood", "Files: 1 file")
    assert await attachments(company) == []
    await ana.presses("Save")
    assert (await attachments(company))[0].visit_id == (await visits(company))[1].id


async def test_it_answers_no_question(company: Company, ana: Someone) -> None:
    await ana.says("met Victor")
    ana.sees("Which customer was it?")
    await ana.says("at Ricelight Foods", files=(PHOTO,))
    ana.sees("Files: 1 file", "Account: Ricelight Foods")
    assert "Victor" not in ana.last.text

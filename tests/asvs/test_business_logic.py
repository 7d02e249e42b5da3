"""ASVS 5.0, 2.3 and 2.4: the order of steps, limits, all or nothing, never twice, no floods."""

import asyncio
from datetime import timedelta

import pytest

from bot.messages import Message
from bot.runtime.worker import Worker
from services import visits as visit_rules
from storage.models import Identity, Role
from tests.dialogs.helpers import identities, invite, stranger, visits
from tests.talk import Company, Someone

AT_ONCE = 60
"""What one person may say in one go (`bot.runtime.limits`)."""


class TestItem231:
    """Steps are taken in their order, by the same person, and none is left out."""

    async def test_a_question_that_was_left_takes_no_answer(
        self, company: Company, ana: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        await ana.says("/visit")
        question, button = ana.last, ana.last.buttons[0]
        await ana.says("/cancel")

        await ana.taps(button, question)

        ana.sees("closed already")
        assert await visits(company) == []

    async def test_a_step_that_was_passed_cannot_be_taken_again(
        self, company: Company, ana: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        await company.open_account(ana, "Bolt")
        await ana.says("/visit")
        question = ana.last
        acme, bolt = (
            next(each for each in question.buttons if each.label == name)
            for name in ("Acme", "Bolt")
        )
        await ana.taps(acme, question)

        await ana.taps(bolt, question)
        await ana.says("/visit")
        await ana.says("/cancel")

        assert await visits(company) == []

    async def test_nobody_goes_on_with_another_s_form(
        self, company: Company, ana: Someone, bo: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        await ana.says("/visit")

        await bo.taps(ana.last.buttons[0], ana.last)

        bo.sees("someone else's")
        assert await visits(company) == []


class TestItem232:
    """The limits of the business hold, as they are written down."""

    @pytest.mark.parametrize(
        ("said", "refused"),
        [("in 3 days", "still ahead"), ("3 March 2023", "more than a year ago")],
    )
    async def test_a_visit_is_logged_for_a_day_of_the_last_year(
        self, company: Company, ana: Someone, said: str, refused: str
    ) -> None:
        await company.open_account(ana, "Acme")
        await ana.says(f"/visit Acme {said}")
        seen = ana.transcript()
        assert refused in seen or "?" in seen
        assert await visits(company) == []

    async def test_what_was_done_is_undone_within_a_day(
        self, company: Company, ana: Someone
    ) -> None:
        await company.open_account(ana, "Acme")
        await ana.says("/visit Acme")
        company.after(hours=24, minutes=1)
        await ana.presses("Undo")
        ana.sees("can't be undone")
        assert len(await visits(company)) == 1

    async def test_an_invitation_lets_one_person_in_for_three_days(
        self, company: Company, rui: Someone
    ) -> None:
        code = await invite(company, rui)
        company.after(hours=72, minutes=1)
        late = stranger(company)
        await late.says(f"/start {code}")
        late.sees("expired")


class TestItem233:
    """It succeeds as a whole, or nothing of it is left."""

    async def test_what_fails_halfway_leaves_nothing(
        self, company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fails(*_args: object, **_more: object) -> None:
            raise RuntimeError("the disk is full")

        await company.open_account(ana, "Acme")
        monkeypatch.setattr(visit_rules, "attach", fails)

        await ana.says("/visit Acme, deal to proposal 50k")

        ana.sees("nothing was changed")
        assert await visits(company) == []


class TestItem234:
    """What there is once is given once, however many ask for it at the same moment."""

    async def both(self, company: Company) -> None:
        workers = [Worker(company.runtime, company.delivery) for _ in range(4)]
        await asyncio.gather(*(each.step() for each in workers))
        await company.settle()

    async def test_two_people_with_one_invitation(self, company: Company, rui: Someone) -> None:
        code = await invite(company, rui)
        for name in ("Kim", "Lee"):
            someone = stranger(company, name)
            said = Message(someone.sender, someone.place, f"/start {code}", company.now)
            await company.receive(said)

        await self.both(company)

        came = [each for each in await identities(company) if _is_stranger(each)]
        assert len(came) == 1

    async def test_one_message_that_arrives_twice(self, company: Company, ana: Someone) -> None:
        await company.open_account(ana, "Acme")
        said = Message(ana.sender, ana.place, "/visit Acme", company.now)
        await asyncio.gather(*(company.receive(said, 7) for _ in range(4)))
        await self.both(company)
        assert len(await visits(company)) == 1


def _is_stranger(identity: Identity) -> bool:
    return identity.external_id.startswith("stranger-")


class TestItem241:
    """Nobody keeps the bot busy: whoever asks too much has to wait, and nobody else does."""

    async def test_a_flood_is_its_sender_s_trouble_alone(
        self, company: Company, ana: Someone, bo: Someone
    ) -> None:
        for _ in range(2 * AT_ONCE):
            said = Message(ana.sender, ana.place, "/me", company.now)
            await company.receive(said)
        await company.settle()

        answered = [each for each in ana.screen if "too much at once" not in each.text]
        assert AT_ONCE <= len(answered) < 2 * AT_ONCE
        await bo.says("/me")
        bo.sees("Bo")

    async def test_codes_are_not_to_be_guessed(self, company: Company) -> None:
        guesser = stranger(company)
        for number in range(30):
            await guesser.says(f"/start {number:022}")
            company.now += timedelta(seconds=6)
        await guesser.says(f"/start {await invite(company, role=Role.HQ)}")
        assert [each for each in await identities(company) if _is_stranger(each)] == []

"""What English messages say: whom they are about, who was met, and what comes next."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.understanding.facts import Facts, Scene
from services.understanding.messages import understand

NOW = datetime(2026, 3, 11, 16, tzinfo=UTC)
"""A Wednesday."""


def read(text: str) -> Facts:
    return understand(text, Scene(NOW, ZoneInfo("Europe/London")))


@pytest.mark.parametrize(
    ("text", "account", "contacts"),
    [
        ("met hank at riverbend tools", "riverbend tools", ["hank"]),
        ("spoke w lorna from dunning paper", "dunning paper", ["lorna"]),
        ("VISITED PINE HOLLOW FEEDS, SPOKE W CLEM", "PINE HOLLOW FEEDS", ["CLEM"]),
        ("saw ken & lois @ penrose dairy", "penrose dairy", ["ken", "lois"]),
        ("zoom w tarn software, raj + their cto", "tarn software", ["raj"]),
        ("lunch w the buyer, Maud Kerr, of Tolman Foods", "Tolman Foods", ["Maud Kerr"]),
        ("Saw: Meg Orton at Alder Clinic", "Alder Clinic", ["Meg Orton"]),
        ("Dropped by Kestrel Bakeries. Owner (Devon) out", "Kestrel Bakeries", ["Devon"]),
        ("popped into Holt Motors, the manager, Dean, was in", "Holt Motors", ["Dean"]),
        ("Spoke to Mr Bose of Vale Mills on phone", "Vale Mills", ["Mr Bose"]),
        ("emailed the specs to Hollis at Redfern Joinery", "Redfern Joinery", ["Hollis"]),
        ("told uncle beng at sengkang mart to restock", "sengkang mart", ["uncle beng"]),
        ("remind me to send grace the contract", None, ["grace"]),
        ("Met Ann Cho at Sable Bearings Co., Ltd. today", "Sable Bearings Co., Ltd.", ["Ann Cho"]),
        ("site visit ocean view apts today", "ocean view apts", []),
        ("need to prep quote for Ashgrove Nursing Home", "Ashgrove Nursing Home", []),
        ("rang bluewater marine twice", "bluewater marine", []),
        ("Reschedule Holt Steel to next Tuesday 3pm", "Holt Steel", []),
        ("Dr. Obi, Ridge Hospital, will see clinical data", "Ridge Hospital", ["Dr. Obi"]),
    ],
)
def test_whom_it_is_about(text: str, account: str | None, contacts: list[str]) -> None:
    facts = read(text)
    assert (facts.account and facts.account.best) == account
    assert [each.best for each in facts.contacts] == contacts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("met Tom at Acme Foods. Revisit 3rd April", "2026-04-03"),
        ("emailed Tom at Acme Foods. Chase Friday", "2026-03-13"),
        ("met Tom at Acme Foods. Ping him end of month", "2026-03-31"),
        ("saw Tom at Acme Foods, he wants another trial in 3 weeks", "2026-04-01"),
        ("met Tom at Acme Foods, wants a quote for 6 presses by next fri", "2026-03-20"),
        ("Met Tom at Acme Foods. She wants to sign next Thursday at 11", "2026-03-19T11:00"),
        ("Met Tom at Acme Foods. He expects a replacement by Friday", "2026-03-13"),
        ("Dropped by Acme Foods, Tom out. Back Thursday 2pm", "2026-03-12T14:00"),
        (
            "need to send Acme Foods the quote before Friday, ping me Thursday 5",
            "2026-03-12T17:00",
        ),
        ("Ali from Acme Foods texted: wants to move it to Sunday 8am", "2026-03-15T08:00"),
        ("tues 3pm demo at Acme Foods", "2026-03-17T15:00"),
        ("met Tom at Acme Foods, quoting him 18k tmrw", "2026-03-12"),
        ("Met Tom at Acme Foods. Their move is planned for October", None),
        ("Met Tom at Acme Foods. First PO next week", None),
        ("they will send us the PO by friday - Acme Foods", None),
        ("chased Acme Foods, the invoice should land this week", None),
    ],
)
def test_the_next_step(text: str, expected: str | None) -> None:
    moment = read(text).follow_up
    assert (moment and moment.value.isoformat()[:16]) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Walked the jobsite with Kevin Doyle at Atlas Steel. Needs it by tomorrow noon", "visit"),
        ("Second visit to Amber Care Home this week. Deliver by 30th", "visit"),
        ("no one available at Vale Fertilizers. will go again saturday", "visit"),
        ("tried to see Mr Patel at Sunrise Pharmacy, too busy", "visit"),
        ("just got off the phone with Steve at Ridgeway Builders", "call"),
        ("chased Lindner Optics re the invoice", "call"),
        ("Visiting Peak Cycles on Thursday at half three, take the new catalogue", "reminder"),
        ("Had to cancel today's visit to Dorset Farm, rescheduled for Tuesday 11:00", "reminder"),
        ("Pls update: Orbis Freight → verbal yes from Claire. $1.2m over 3 yrs", "deal"),
        ("who is the contact at Riverbend Tools", "question"),
        ("whats on my plate tmrw", "question"),
        ("Ethan Cole, new maintenance manager at Steelworks Ltd, mobile 07700 900456", "note"),
        ("Fyi gate code at Ellis Depot is 4471#, ask for Big Dave", "note"),
        ("Hi, pls log: visited Harper Plumbing, spoke to Gavin", "visit"),
    ],
)
def test_what_it_is_for(text: str, intent: str) -> None:
    assert str(read(text).intent) == intent


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("harbour hub pte ltd - qualified, budget 60k", "qualified"),
        ("new opp: Silver Schools, 600 filters, early days, just a lead", "lead"),
        ("Met Tom at Acme Foods. She picked the blue desks, 180 of them", None),
        ("They chose Bosch, so Acme Foods is gone", "lost"),
        ("Acme Foods renewal signed today", "won"),
        ("Zenith Logistics not interested. closing this one", "lost"),
    ],
)
def test_how_far_the_deal_is(text: str, stage: str | None) -> None:
    assert read(text).stage == stage


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Acme Foods deal: no longer 45k, now 28k", 28_000),
        ("visited Acme Foods, asks margin 28% we offered 25", None),
        ("Move Acme Foods to negotiation, they want 8% off the $142k", 142_000),
        ("Acme Foods signed, total N32.5m", 32_500_000),
        ("Acme Foods deal is R450k", 450_000),
    ],
)
def test_what_it_is_worth(text: str, value: int | None) -> None:
    amount = read(text).amount
    assert (amount and amount.value) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Met Tom at Acme Foods, they pay 7p less per roll elsewhere", None),
        ("Saw Tom at Acme Foods, we are at 2,350 and the others lower", None),
        ("Met Tom at Acme Foods. Their contract with Bolt runs until the 28th", None),
        ("Called Tom at Acme Foods, he orders 4 drums every week", None),
        ("Spoke to Tom at Acme Foods, he needs delivery before 2 April", None),
        ("Met Tom at Acme Foods, he said the audit is on 9 April. Follow up on Friday", 13),
        ("Remind me: licence at Acme Foods expires 30 March, send renewal by 20 March", 20),
        ("Met Tom at Acme Foods. Offer until 19 March", 19),
    ],
)
def test_which_time_is_the_next_step(text: str, day: int | None) -> None:
    follow_up = read(text).follow_up
    assert (follow_up and follow_up.local.day) == day


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Went to Acme Foods, Tom wasn't in so I met his deputy Ann instead", None),
        ("Met Ann at Acme Foods, she will take 40 drums", "positive"),
        ("Met Ann at Acme Foods, she will take 2 weeks to look at it", None),
        ("need 2 send the contract to Acme Foods tomorrow", None),
        ("Met Ann at Acme Foods, no opening for us", "negative"),
    ],
)
def test_how_it_was_taken(text: str, outcome: str | None) -> None:
    assert read(text).outcome == outcome


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("Visited Dunmore Paint & Paper Supplies on Monday", "Dunmore Paint & Paper Supplies"),
        ("Ridgeway Prep moved to proposal", "Ridgeway Prep"),
        ("Spoke with Amy Lin, Shanghai Lotus Fabrics: all fine", "Shanghai Lotus Fabrics"),
    ],
)
def test_words_inside_a_name(text: str, account: str) -> None:
    found = read(text).account
    assert found
    assert found.best == account


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Remember that Mrs Holt at Acme Foods never reads emails", "note"),
        ("Remember that I must call Mrs Holt at Acme Foods", "reminder"),
        ("FYI Acme Foods got their grant, 1.4 million", "note"),
        ("FYI the Acme Foods deal is now 45k", "deal"),
    ],
)
def test_what_is_only_so(text: str, intent: str) -> None:
    assert str(read(text).intent) == intent


def test_early_stage_said_of_a_customer() -> None:
    assert read("Acme Foods is still just a lead for now").stage == "lead"
    assert read("Met Tom at Acme Foods, he is a lead engineer").stage is None


def test_currency_after_a_pronoun_is_of_the_next_number() -> None:
    amount = read("Quoted Acme Foods, this one Rs 85 lakh").amount
    assert amount
    assert amount.value == 8_500_000


def test_those_beside_whom_we_stand_are_no_contacts() -> None:
    facts = read("Met Ann Holt at Acme Foods, we are shortlisted alongside Brembo")
    assert [each.best for each in facts.contacts] == ["Ann Holt"]

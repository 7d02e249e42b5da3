"""Questions that more than one form asks."""

from datetime import date

from bot.answers import AMOUNT, DEAL, DUE, NOTE, TEXT
from bot.forms import ask
from bot.phrases import marked
from bot.words import STAGE
from services.deals import Money, NewDeal
from storage.models import Deal, Stage


def stage(*, asked: bool) -> Stage | None:
    return ask(
        marked("Which stage is it at?"),
        STAGE,
        label=marked("Stage"),
        also="阶段",
        default=None,
        loose=asked,
        asked=asked,
    )


def amount(*, asked: bool) -> Money | None:
    return ask(
        marked("How much is it?"),
        AMOUNT,
        label=marked("Amount"),
        also="金额",
        default=None,
        hint=marked("50k, or 12,000"),
        loose=asked,
        asked=asked,
    )


def which_deal() -> Deal | NewDeal | None:
    return ask(
        marked("Which deal is it?"),
        DEAL,
        label=marked("Deal"),
        default=None,
        loose=False,
        asked=False,
    )


def product() -> str:
    return ask(
        marked("Which product was it about?"),
        TEXT,
        label=marked("Product"),
        default="",
        loose=False,
        asked=False,
    )


def note(*, asked: bool = True) -> str:
    return ask(
        marked("Anything worth remembering?"),
        NOTE,
        label=marked("Note"),
        also="notes, remark, memo, 记录, 笔记",
        default="",
        asked=asked,
    )


def next_step(*, asked: bool = True) -> str:
    return ask(
        marked("What's the next step?"),
        NOTE,
        label=marked("Next"),
        also="next step, todo, to do, follow up, follow-up, 待办, 跟进, 下一步",
        default="",
        hint=marked("send the quote by Friday"),
        loose=False,
        asked=asked,
    )


def follow_up() -> date | None:
    return ask(
        marked("When will you follow up?"),
        DUE,
        label=marked("Follow-up"),
        default=None,
        hint=marked("Friday 3pm"),
        loose=False,
        asked=False,
    )

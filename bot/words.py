"""The few fixed words of selling, in both languages, and the questions that offer them."""

from collections.abc import Sequence

from bot.answers import OneOf
from bot.answers.plain import END, ENDS
from bot.forms import Asking, InvalidAnswer, Taken
from bot.phrases import marked
from services.posts import Post
from storage.models import Activity, Outcome, Role, Stage, Verdict

ACTIVITIES = {
    Activity.VISIT: marked("Visit"),
    Activity.CALL: marked("Call"),
    Activity.MEETING: marked("Meeting"),
    Activity.DEMO: marked("Demo"),
    Activity.MESSAGE: marked("Message"),
}
OUTCOMES = {
    Outcome.POSITIVE: marked("Went well"),
    Outcome.NEUTRAL: marked("So-so"),
    Outcome.NEGATIVE: marked("Went badly"),
}
LIFECYCLES = {
    "prospect": marked("prospect"),
    "new": marked("new customer"),
    "active": marked("active"),
    "dormant": marked("dormant"),
    "lost": marked("lost"),
}
STAGES = {
    Stage.LEAD: marked("Lead"),
    Stage.QUALIFIED: marked("Qualified"),
    Stage.PROPOSAL: marked("Proposal"),
    Stage.NEGOTIATION: marked("Negotiation"),
    Stage.WON: marked("Won"),
    Stage.LOST: marked("Lost"),
}
STAGE_NAMES = {
    Stage.LEAD: "lead, prospect, 线索, 商机",
    Stage.QUALIFIED: "qualified, qualification, 已确认, 需求确认, 有意向, 意向",
    Stage.PROPOSAL: "proposal, quote, quoted, quotation, offer, 报价, 已报价, 方案",
    Stage.NEGOTIATION: "negotiation, negotiating, contract, 谈判, 商务谈判, 议价, 合同",
    Stage.WON: "won, closed won, signed, deal won, 赢单, 成交, 签单, 签约, 已签约",
    Stage.LOST: "lost, closed lost, deal lost, 输单, 丢单, 失单, 丢了",
}
"""What people call each stage, parted by commas."""
VERDICTS = {
    Verdict.THERE: marked("on the spot"),
    Verdict.FAR: marked("not on the spot"),
    Verdict.LEARNT: marked("place learnt there"),
    Verdict.VAGUE: marked("location inexact"),
    Verdict.STALE: marked("location out of date"),
    Verdict.PICKED: marked("location not measured"),
    Verdict.TOO_FAST: marked("too far from the last stop"),
}
ROLES = {
    Role.GUEST: marked("guest"),
    Role.REP: marked("rep"),
    Role.MANAGER: marked("manager"),
    Role.HQ: marked("HQ"),
}
HOLDERS = {
    "rep": marked("the sales team"),
    "manager": marked("managers"),
    "hq": marked("HQ"),
}
"""Whom a refusal names by the lowest role that may."""

ACTIVITY = OneOf(
    ACTIVITIES,
    {
        Activity.VISIT: "visited 拜访 走访 上门",
        Activity.CALL: "called phone phoned rang 电话 通话 致电",
        Activity.MEETING: "met meet 会议 开会 会面",
        Activity.DEMO: "demoed demonstration 演示 展示",
        Activity.MESSAGE: "messaged texted wechat email 微信 消息 短信 邮件",
    },
)
OUTCOME = OneOf(
    OUTCOMES,
    {
        Outcome.POSITIVE: "good great well fine wentgood wentgreat 顺利 好 很好 不错 积极",
        Outcome.NEUTRAL: "ok okay neutral average 一般 还行 中性",
        Outcome.NEGATIVE: "bad poor badly 不好 不顺 不顺利 消极",
    },
)
STAGE = OneOf(
    STAGES,
    {
        stage: " ".join(name.strip().replace(" ", "") for name in names.split(","))
        for stage, names in STAGE_NAMES.items()
    },
)


class GivenRole(OneOf[Post]):
    """A role that somebody is given; managers give but one."""

    async def implied(self, asking: Asking) -> str:
        return Post.REP if asking.person.role < Role.HQ else ""

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """Also what stands in a role's place and is none: it is asked about, never guessed."""
        if found := await super().take(words, asking):
            return found
        ends = next((n for n, word in enumerate(words, 1) if word.endswith(END)), len(words))
        if not words[ends:] or not await self._all_read(words[ends:], asking):
            return None
        try:
            await self.read(" ".join(words[:ends]).strip(ENDS), asking)
        except InvalidAnswer as problem:
            return Taken("", ends, problem)
        return None


ROLE = GivenRole(
    {post: ROLES[post.role] for post in Post},
    {
        Post.REP: "reps sales salesman saleswoman salesperson 销售 业务员 销售代表 代表",
        Post.MANAGER: "managers 经理 主管 销售经理",
        Post.HQ: "headquarters 总部",
    },
)

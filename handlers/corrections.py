"""What is said to put something right that is saved already, or to see what is to be done."""

import re

from bot.commands import Context
from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, label
from handlers.todo import show_reminders
from services import history

LONGEST = 40
TAKES_BACK = re.compile(
    r"(?:please )?(?:undo|delete|remove|scrap|take back|revert)"
    r"(?: (?:that|it|this|the last(?: one)?|my last(?: one)?))?(?: please)?"
    r"|(?:that was |that's )?(?:a mistake|wrong)|my mistake"
    r"|(?:刚才|刚刚|上一条|上面)?(?:的|那条|那个|这条)?(?:删掉|删除|删了|撤回|撤销)(?:吧|一下|掉)?"
    r"|把?(?:刚才|刚刚|上一条)?(?:那条|那个|这条)(?:删掉|删除|删了|撤回|撤销)(?:吧)?"
    r"|(?:我)?(?:搞错|弄错|写错|说错|记错|发错)了"
)
CHANGES = re.compile(
    r"(?:please )?(?:postpone|move|reschedule|push|change|shift)"
    r" (?:that|it|this|the (?:follow[ -]?up|reminder|visit|time|date|meeting))"
    r" (?:to|till|until) .+"
    r"|(?:把?(?:它|刚才那条|那条|跟进|提醒|时间))?(?:改到|改成|改为|推迟到|延到|延期到|挪到)[^，,。]+"
    r"|(?:不对|不是)[ ，,]*(?:是|应该是).+"
)
LISTS = re.compile(
    r"(?:我的|本周|这周|今天|今日|明天|下周|看看|查看|看一下)*(?:的)?待办(?:事项|清单|列表)?"
    r"|(?:my |show me my |show my )?(?:to-?dos?|to do list|tasks)(?: (?:today|this week))?"
    r"|(?:what|who) do i (?:have|need) to (?:do|call|see|visit)(?: (?:today|tomorrow|this week))?"
)


async def answer(context: Context, text: str) -> Reply | Call | None:
    """The way to what is meant, where the words say nothing else."""
    said = text.strip().rstrip("?？.。!！").casefold()
    if len(said) > LONGEST:
        return None
    if LISTS.fullmatch(said):
        return show_reminders.call()
    if TAKES_BACK.fullmatch(said):
        return await _offer(context, _("Shall I take back what I did last?"))
    if CHANGES.fullmatch(said):
        words = _("I can't change what is saved yet. Undo it, and send it again.")
        return await _offer(context, words)
    return None


async def _offer(context: Context, words: str) -> Reply:
    """The last change by its number: pressed later, the button takes back nothing newer."""
    newest = await history.newest(context.work, context.person, context.now)
    if not newest:
        return reply(_("There's nothing saved to put right."))
    return reply(
        words, Button(label("Undo the last thing"), Call("undo", {"change": str(newest)}))
    )

"""What is only said to be kind, or not to be: answered in kind, and in brief."""

from dataclasses import dataclass, replace

from bot.messages import Button, Call, Reply, reply
from bot.phrases import _, label, marked
from services.names import fold

LONGEST = 40


@dataclass(frozen=True)
class Said:
    """What people say, parted by commas, and what is answered; perhaps with a way on."""

    answer: str
    words: str
    helped: bool = False
    may_answer: bool = False
    """Whether it may be meant for a question that was asked."""


SMALL_TALK = (
    Said(
        marked("Good to hear from you. What can I do?"),
        "hey, hi there, hey there, hello there, good morning, morning, good afternoon,"
        "good evening, 嗨, 哈喽, 你好啊, 早, 早安, 早上好, 上午好, 下午好, 晚上好, 在吗, 在么",
        helped=True,
    ),
    Said(
        marked("I'm well, thank you. And ready when you are."),
        "how are you, how are you doing, how is it going, how's it going, what's up, 你好吗,"
        "最近好吗, 吃了吗",
    ),
    Said(
        marked("You're welcome."),
        "thanks, thank you, thx, ty, thanks a lot, many thanks, thank you so much, cheers, 🙏,"
        "谢谢, 谢谢你, 多谢, 谢了, 感谢, 谢谢啦, 辛苦了, 辛苦啦",
    ),
    Said(
        marked("Goodbye. I keep everything until you're back."),
        "bye, bye bye, goodbye, see you, see you later, see you tomorrow, good night, ciao,"
        "再见, 拜拜, 晚安, 回见, 明天见, 下班了",
    ),
    Said(
        marked("That's kind, thank you."),
        "happy birthday, happy new year, 生日快乐, 新年快乐,"
        "great, good, nice, awesome, perfect, excellent, cool, well done, good job, good bot,"
        "nice work, great job, you're great, you are great, love it, i love you,"
        "❤️, ❤, 👏, 💪, 太棒了, 真棒, 很棒, 不错, 很好, 厉害, 真厉害, 牛, 赞, 你真棒,"
        "你真好, 干得好, 太好了, 爱你",
    ),
    Said(
        marked("All right."),
        "ok, okay, k, fine, alright, all right, sure, got it, understood, noted, 👍, 👌, yes, no,"
        "好, 好的, 好吧, 行, 可以, 收到, 知道了, 明白, 明白了,"
        "好的收到, 好的知道了, 收到谢谢, 嗯, 嗯嗯, 哦,"
        "是的, 对, 不, 不用, 没事",
        may_answer=True,
    ),
    Said(
        marked("Glad to see you laugh."),
        "haha, hahaha, lol, 😂, 😄, 😊, 🙂, 😁, 哈哈, 哈哈哈, 呵呵, 嘿嘿",
    ),
    Said(
        marked("No harm done."),
        "sorry, my bad, i'm sorry, apologies, oops, 抱歉, 对不起, 不好意思, 打扰了",
    ),
    Said(
        marked("I'm your company's sales assistant. I keep visits, deals and what is to be done."),
        "who are you, what are you, what is your name, what's your name, are you a bot,"
        "are you human, are you a robot, are you real, 你是谁, 你叫什么, 你叫什么名字,"
        "你是机器人吗, 你是人吗, 你是什么, 你是干什么的, 你是ai吗",
        helped=True,
    ),
    Said(
        marked("It seems I got something wrong. /undo takes back what I did last."),
        "idiot, stupid, you idiot, you're stupid, you are stupid, stupid bot, dumb, dumb bot,"
        "you suck, useless, you're useless, you are useless, shut up, damn, damn it, fuck,"
        "fuck you, fuck off, shit, bullshit, wtf, asshole, go to hell, i hate you, crap,"
        "笨蛋, 傻逼, 煞笔, 傻瓜, 白痴, 蠢货, 废物, 垃圾, 滚, 去死, 神经病, 他妈的, 妈的, 操, 靠,"
        "没用, 真没用, 什么破玩意, 破机器人, 你真笨, 好笨, 太笨了, 你有病吧, 讨厌, 烦死了",
        helped=True,
    ),
)


def _key(text: str) -> str:
    """Letters alone; a text of signs alone is its own key."""
    return fold(text) or text.strip()


BY_WORDS = {_key(each): said for said in SMALL_TALK for each in said.words.split(",")}


def answer(text: str, *, asked: bool) -> Reply | None:
    """The answer to a text that is nothing but small talk, also where a question was asked."""
    said = BY_WORDS.get(_key(text)) if len(text) <= LONGEST else None
    if said is None or (asked and said.may_answer):
        return None
    more = Button(label("What I can do"), Call("help"), single=False)
    kind = reply(_(said.answer), more if said.helped else None, private=False)
    return replace(kind, aside=True)

"""Whether a message may be saved without a look, and what of it stands nowhere among its facts."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.understanding.amounts import AmountSpan
from services.understanding.facts import Facts, Intent, Moment, Period, Scene, Spotted, Toward
from services.understanding.plain import Plain
from services.understanding.times import TimeSpan

DOUBT: Final = re.compile(
    r"(?<![a-z])(?:maybe|perhaps|might|almost|nearly|doubt|probably|no wait|scratch that|i think"
    r"|i guess|not sure|unsure|if|or|supposedly|rumou?r\w*|hopefully|didn'?t|did not|won'?t"
    r"|couldn'?t|could not|never|cancel\w*|instead of|rather than)(?![a-z])|\?"
    r"|可能|也许|或许|好像|似乎|应该|估计|说不定|如果|要是|假如|差点|几乎|或者|还是说|不确定|听说|据说"
    r"|取消|没去|没见|没能|没成|未能|不对|说错|改成"
)
"""Words after which what is said may not be so."""
_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
DATED: Final = re.compile(
    rf"(?<![\w.,/-])\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?(?![\w.,%/-])"
    rf"|(?<![a-z0-9])\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?![a-z])"
    rf"|(?<![a-z]){_MONTH}\.? \d{{1,2}}(?![\d:])"
    r"|(?<![\d.,])(?:19|20)\d\d(?![\d.,%])"
    r"|\d{1,2}月\d{1,2}[日号]?"
    r"|(?<![a-z])(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])"
    r"|(?:周|星期|礼拜)[一二三四五六日天]"
)
"""What looks like a date, whether the grammar reads it or not."""
PAST: Final = re.compile(
    r"(?<![a-z])(?:[a-z]+ed|met|saw|spoke|went|was|were|had|did|came|got|gave|took|sat|been|just)"
    r"(?![a-z])|[了过完]|刚"
)
"""Words that say that something has been."""
BREAK: Final = re.compile("[,.;，。；、\n]| and | then ")
EITHER: Final = re.compile(r"(?<![\d/.])(?:[1-9]|1[0-2])/(?:[1-9]|1[0-2])(?![\d/.])")
"""A month and a day, or a day and a month."""
DONE: Final = frozenset((Intent.VISIT, Intent.CALL))


def is_certain(
    text: Plain,
    facts: Facts,
    times: Sequence[TimeSpan],
    amounts: Sequence[AmountSpan],
    scene: Scene,
) -> bool:
    """Whether nothing in the message speaks against any of its facts; all dates are read."""
    if DOUBT.search(text.text):
        return False
    if scene.day_first is None and scene.language != "zh" and EITHER.search(text.text):
        return False
    if facts.amount and (facts.amount.highest is not None or facts.amount.about):
        return False
    if sum(each.sure for each in amounts) > (facts.amount is not None):
        return False
    said = [moment for moment in (facts.happened, facts.follow_up) if moment]
    if any(moment.others for moment in said) or len(times) > len(said):
        return False
    if facts.happened and facts.happened.at > scene.now:
        return False
    if facts.follow_up and _is_over(facts.follow_up, scene):
        return False
    ahead = facts.intent in DONE and facts.follow_up and not facts.happened
    return not ahead or (_is_past(text) and BREAK.search(text.text) is not None)


def _is_over(moment: Moment, scene: Scene) -> bool:
    today = scene.now.astimezone(scene.zone).date()
    return moment.at < scene.now and moment.local.date() < today


def _is_past(text: Plain) -> bool:
    """Whether a word says that it has been, where the only time lies ahead."""
    return PAST.search(text.text) is not None


def unread(
    text: Plain, times: Sequence[TimeSpan], amounts: Sequence[AmountSpan], scene: Scene
) -> Iterator[str]:
    """What looks like a date and is in no time or amount that could be read."""
    for found in DATED.finditer(text.text):
        near = [each for each in times if _overlaps(each, found)]
        if any(_overlaps(each, found) for each in amounts):
            continue
        if not any(_means(each, scene) for each in near):
            yield text.original(found.start(), found.end())


def _overlaps(span: Spotted, found: re.Match[str]) -> bool:
    return span.start < found.end() and found.start() < span.end


def _means(span: TimeSpan, scene: Scene) -> Moment | Period | None:
    """Anything that the words may mean; 31 February means nothing."""
    return (
        span.moment(scene, Toward.FUTURE) or span.moment(scene, Toward.PAST) or span.period(scene)
    )

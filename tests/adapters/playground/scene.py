"""What the scripted bot says: one of every block, and a morning at a sample company."""

import struct
import zlib

from bot.markdown import Markdown
from bot.messages import (
    Button,
    Choice,
    Fields,
    File,
    Image,
    Input,
    Link,
    Reply,
    Sheet,
    Table,
    Text,
    Token,
    reply,
)
from tests.adapters.playground.stage import Stage

INK, PAPER = (15, 107, 82), (255, 255, 255)


def chart(heights: tuple[int, ...] = (42, 58, 51, 74, 66, 90, 112)) -> bytes:
    """A PNG of bars."""
    width, height, bar = 480, 200, 480 // len(heights)
    rows = []
    for y in range(height):
        inside = [height - 30 - y < tall * 1.4 and y < height - 30 for tall in heights]
        pixels = (
            INK if inside[min(x // bar, len(heights) - 1)] and 12 < x % bar < bar - 12 else PAPER
            for x in range(width)
        )
        rows.append(b"\0" + bytes(value for pixel in pixels for value in pixel))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows))
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def button(label: str, token: str, *, primary: bool = False) -> Button:
    return Button(label, Token(token), primary=primary)


SHEET = Sheet(
    "Log a visit",
    (
        Input("account", "Account", hint="Acme", value="Acme GmbH", required=True),
        Input("kind", "What was it?", options=(("Visit", "visit"), ("Call", "call"))),
        Input("at", "When?", hint="today, yesterday 3pm, 3 May", value="33 May",
              error="I cannot read “33 May” as a day."),
        Input("note", "Anything worth remembering?", multiline=True),
    ),
    "Log it",
    Token("sheet-token"),
)  # fmt: skip
EVERYTHING = reply(
    Markdown("*Bold*, _italic_, `code` and a [link](https://example.com/page)."),
    Fields((("Account", "Acme GmbH"), ("Owner", Markdown("*Ana Keller*")))),
    Table(
        ("Team", "Visits", "Won"), (("Berlin", "42", "€ 120,000"), ("Shanghai", "57", "¥ 1.2M"))
    ),
    Image(File("chart.png", "image/png", content=chart()), "Visits per week"),
    File("visits.csv", "text/csv", content=b"account,day\nAcme,2026-05-03\n"),
    button("Follow up", "follow-token", primary=True),
    button("Undo", "undo-token"),
    Button("Open map", Link("https://example.com/map")),
    Choice(
        Markdown("Which *Acme*?"), (button("Acme GmbH", "acme-1"), button("Acme Inc", "acme-2"))
    ),
    SHEET,
)


async def fill(stage: Stage) -> None:
    """A morning on three phones."""
    await _rep(stage)
    await _manager(stage)
    await _hq(stage)


async def _rep(stage: Stage) -> None:
    await stage.said("1", "/today")
    await stage.say(
        "1",
        reply(
            Markdown("*Three things today, Ana*"),
            Markdown("You are €\u00a018,400 from May’s quota; 9 working days left."),
            Fields((
                ("10:30", "Acme GmbH, demo with Li Wei"),
                ("14:00", "Call Brandt & Söhne about the offer"),
                ("Overdue", "Nordlicht, no contact for 34 days"),
            )),
            button("Plan my route", "route", primary=True),
            button("Move one", "move"),
        ),
    )  # fmt: skip
    await stage.said(
        "1",
        "visited Acme, met Li Wei, demo went well, follow up in two weeks, deal to proposal 50k",
    )
    await stage.say(
        "1",
        reply(
            Markdown("Logged your visit to *Acme GmbH*, today 10:42.\nThat makes 17 this month."),
            Fields((
                ("Met", "Li Wei, head of procurement"),
                ("Deal", Markdown("Line 4 upgrade → *Proposal*, € 50,000")),
                ("Reminder", "Friday, 5 June, 9:00"),
            )),
            button("Add a note", "note"),
            button("Undo", "undo"),
        ),
    )  # fmt: skip


async def _manager(stage: Stage) -> None:
    await stage.said("2", "/team")
    await stage.say(
        "2",
        reply(
            Markdown("*Berlin, this week*\nTwo things need you; the rest is on plan."),
            Table(
                ("Rep", "Visits", "Plan", "Gap to quota"),
                (
                    ("Ana Keller", "17", "15", "€ 18,400"),
                    ("Mehmet Aydın", "6", "15", "€ 61,250"),
                    ("Sofia Brandt", "14", "15", "€ 4,900"),
                    ("Tom Krause", "12", "15", "€ 22,000"),
                ),
            ),
            Markdown("Mehmet has logged nothing since Tuesday."),
            Markdown("*Nordlicht* (tier A) has not been visited for 34 days."),
            button("Ask Mehmet", "ask", primary=True),
            button("See the visits", "rows"),
        ),
    )  # fmt: skip
    await stage.say(
        "2",
        reply(
            Markdown("Ana moved *Line 4 upgrade* at Acme GmbH to *Proposal*, € 50,000."),
            button("Open the deal", "deal"),
        ),
    )


async def _hq(stage: Stage) -> None:
    await stage.said("3", "本月各大区进度")
    await stage.say(
        "3",
        reply(
            Markdown("*5 月进度，截至今天 11:00*\n完成全年同期的 68%，比去年快 6 个百分点。"),
            Image(File("chart.png", "image/png", content=chart()), "每周拜访次数"),
            Table(
                ("大区", "拜访", "成交", "完成率"),
                (
                    ("华东", "412", "¥ 328万", "81%"),
                    ("华南", "365", "¥ 254万", "72%"),
                    ("欧洲", "298", "€ 41万", "58%"),
                ),
            ),
            button("查看欧洲", "europe", primary=True),
            button("导出", "export"),
        ),
    )
    await stage.say(
        "3",
        reply(
            Markdown("《五月价格政策》已有 *46 / 52* 人确认。还差 6 人，其中 4 人今天没有上线。"),
            button("提醒这 6 人", "remind", primary=True),
            button("名单", "names"),
        ),
    )


def text(words: str) -> Reply:
    return Reply((Text(Markdown(words)),))

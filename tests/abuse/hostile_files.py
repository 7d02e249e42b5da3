"""A thousand files that nobody sends in good faith, or that arrived broken."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

from tests.services.tables.zoo import as_sheet, as_text

Sent = tuple[str, bytes]
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = [["Customer", "Owner", "Phone"], ["Acme", "Ana", "138"], ["Blue", "Bo", "139"]]
CANARY = "never-told-to-anybody"


def rebuilt(change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """A spreadsheet whose members are changed, with others added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_sheet(ROWS))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(_member(name), change(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(_member(name), content)
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    """A member that is packed, and of the same date each time."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def with_member(name: str, content: bytes) -> bytes:
    """A spreadsheet with one of its members replaced."""
    return rebuilt(lambda each, before: content if each == name else before)


def with_sheet(body: str, head: str = HEAD) -> bytes:
    """A spreadsheet with the inside of its sheet replaced."""
    xml = f'{head}<worksheet xmlns="{MAIN}">{body}</worksheet>'
    return with_member("xl/worksheets/sheet1.xml", xml.encode())


def bombs(chance: random.Random) -> Iterator[Sent]:
    """Little that unpacks to much."""
    zeros = bytes(chance.randint(60, 120) * 1024 * 1024)
    yield "bomb.xlsx", rebuilt(lambda _n, old: old, {"xl/media/a.bin": zeros})
    sheet = b"<c/>" * (15 * 1024 * 1024)
    yield "cells.xlsx", with_member("xl/worksheets/sheet1.xml", sheet)
    yield "ods.ods", _zip({"content.xml": zeros, "mimetype": b"x"})
    yield "many.xlsx", rebuilt(lambda _n, old: old, {f"a{n}.xml": b"x" for n in range(2_500)})
    yield "nested.xlsx", rebuilt(lambda _n, old: old, {"b.zip": _zip({"a": zeros})})
    yield "liar.xlsx", _lying(rebuilt(lambda _n, old: old, {"z.bin": zeros}))
    yield "overlap.xlsx", _overlapping()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(_member(name), content)
    return out.getvalue()


def _lying(content: bytes) -> bytes:
    """The same, but it declares that its last member is small."""
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 10) + content[at + 28 :]


def _overlapping() -> bytes:
    """Every member is the same packed megabytes, over and over."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(_member("xl/workbook.xml"), bytes(10 * 1024 * 1024))
        first = file.infolist()[0]
        for number in range(500):
            twin = zipfile.ZipInfo(f"xl/{number}.xml")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, field, getattr(first, field))
            file.filelist.append(twin)
    return out.getvalue()


def xml(chance: random.Random) -> Iterator[Sent]:
    """XML that explodes, fetches, or says that there is far more than there is."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else CANARY}">' for n in range(10))
    laughing = f"{HEAD}<!DOCTYPE sst [{laughs}]>"
    yield "laughs.xlsx", with_sheet("<sheetData/>", laughing)
    strings = f'{laughing}<sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    yield "strings.xlsx", with_member("xl/sharedStrings.xml", strings.encode())
    large = "x" * 100_000
    quadratic = f'{HEAD}<!DOCTYPE t [<!ENTITY a "{large}">]>'
    yield "quadratic.xlsx", with_sheet("&a;" * 1_000, quadratic)
    for target in ("file:///etc/passwd", "http://127.0.0.1:9/x", "/proc/self/environ"):
        external = f'{HEAD}<!DOCTYPE t [<!ENTITY a SYSTEM "{target}">]>'
        yield "external.xlsx", with_sheet("<sheetData>&a;</sheetData>", external)
    yield "dimension.xlsx", with_sheet('<dimension ref="A1:XFD1048576"/><sheetData/>')
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="{1}{0}"><v>2</v></c></row></sheetData>'  # noqa: E501 - one sheet
    for row, column in ((1_048_576, "XFD"), (1_048_576, "A"), (1, "XFD"), (99_999, "ZZ")):
        yield "corners.xlsx", with_sheet(far.format(row, column))
    for at in ("A0", "A99999999999", "ZZZZZZ1", "1A", "", "A-1", "é1"):
        odd = f'<sheetData><row r="1"><c r="{at}"><v>1</v></c></row></sheetData>'
        yield "odd.xlsx", with_sheet(odd)
    merges = '<mergeCell ref="A1:XFD1048576"/>' * chance.randint(1_000, 3_000)
    yield "merged.xlsx", with_sheet(f"<sheetData/><mergeCells>{merges}</mergeCells>")
    ones = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(1, 200_000, 2))
    yield "merges.xlsx", with_sheet(f"<sheetData/><mergeCells>{ones}</mergeCells>")
    for index in ("-1", "999999999", "NaN", "1e308", ""):
        shared = f'<sheetData><row r="1"><c r="A1" t="s"><v>{index}</v></c></row></sheetData>'
        yield "shared.xlsx", with_sheet(shared)
    deep = "<a>" * 100_000
    yield "deep.xlsx", with_sheet(deep)
    for value in ("1e999", "-1e999", "NaN", "INF", "1" * 400, "2958466", "-5"):
        cell = f'<c r="A2" s="1"><v>{value}</v></c>'
        rows = f'<row r="1"><c r="A1" t="str"><v>h</v></c></row><row r="2">{cell}</row>'
        yield "number.xlsx", with_sheet(f"<sheetData>{rows}</sheetData>")


def members(_chance: random.Random) -> Iterator[Sent]:
    """Zip files whose members lie elsewhere, are locked, or are what no table needs."""
    for name in ("../../etc/x", "/etc/x", "..\\x", "C:\\x", "xl/../../x", "a:b"):
        yield "stray.xlsx", rebuilt(lambda _n, old: old, {name: b"x"})
    locked = bytearray(as_sheet(ROWS))
    for at in _places(bytes(locked), b"PK\x01\x02"):
        locked[at + 8] |= 1
    yield "locked.xlsx", bytes(locked)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    yield "encrypted.xls", ole + "EncryptedPackage".encode("utf-16-le") + bytes(2_000)
    yield "broken.xls", ole + "Workbook".encode("utf-16-le") + bytes(2_000)
    yield "empty.xls", ole
    macro = {"xl/vbaProject.bin": b'Sub Auto_Open()\nShell "rm -rf /"\nEnd Sub'}
    yield "macro.xlsm", rebuilt(lambda _n, old: old, macro)
    link = {"xl/externalLinks/externalLink1.xml": b'<x Target="http://127.0.0.1:9/"/>'}
    yield "linked.xlsx", rebuilt(lambda _n, old: old, link)
    yield "bare.xlsx", _zip({"readme.txt": b"x"})
    yield "hollow.xlsx", _zip({"xl/workbook.xml": b"", "[Content_Types].xml": b""})
    yield "nothing.xlsx", b"PK\x05\x06" + bytes(18)


def _places(content: bytes, mark: bytes) -> Iterator[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)


def texts(chance: random.Random) -> Iterator[Sent]:
    """Text that is no table, or too much of one."""
    yield "columns.csv", b"," * 1_000_000 + b"\nx"
    yield "headings.csv", b"a," * 1_000_000 + b"\nx"
    yield "quotes.csv", b'"' * 1_000_001
    yield "open.csv", b'Name,Note\n"' + b"Acme,Rome\n" * 100_000
    yield "nulls.csv", b"Name\x00,City\x00\n" * 1_000
    yield "zeros.csv", bytes(1_000_000)
    yield "line.csv", b"x" * 5_000_000
    yield "lines.csv", b"\n" * 5_000_000
    yield "returns.csv", b"Name,City\r" * 100_000
    yield "mark.csv", b"\xff\xfe" + b"\xd8\x00" * 5_000
    yield "utf32.csv", b"\xff\xfe\x00\x00" + b"\xff" * 4_001
    for cell in ("=cmd|'/c calc'!A0", "@SUM(1)", "+1+1", "-2+3", "\t=1", "\r=1", "＝1"):
        yield "formula.csv", as_text([["Customer", "Note"], ["Acme", cell]])
    for number in range(40):
        noise = chance.randbytes(chance.randint(1, 5_000))
        yield chance.choice(["n.csv", "n.txt", "n.xls", "n.xlsx", "n.ods", "n"]), noise
        some = "".join(chance.choices('",;\t|\n\r \x00\ufeff\u202e𝄞合计=', k=400 + number))
        yield "signs.csv", some.encode("utf-8", "surrogatepass")


def damaged(chance: random.Random, count: int) -> Iterator[Sent]:
    """Good files with bits flipped, cut off, doubled, or named otherwise."""
    good = {
        "a.xlsx": as_sheet(ROWS * 20),
        "a.csv": as_text(ROWS * 20, ";", "gb18030"),
        "a.txt": as_text(ROWS * 20, "\t", "utf-16"),
    }
    for number in range(count):
        name = chance.choice([*good])
        content = bytearray(good[name])
        match number % 4:
            case 0:
                for _ in range(chance.randint(1, 30)):
                    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            case 1:
                del content[chance.randrange(len(content)) :]
            case 2:
                at, size = chance.randrange(len(content)), chance.randint(1, 500)
                content[at : at + size] = chance.randbytes(size)
            case 3:
                name = chance.choice(["a.xls", "a.ods", "a.xlsm", "a.pdf", "a", "a.tsv", "a.csv"])
        yield name, bytes(content)


def thousand(seed: int = 7) -> list[Sent]:
    """All of them, the same ones each time."""
    chance = random.Random(seed)
    known = [*bombs(chance), *xml(chance), *members(chance), *texts(chance)]
    return [*known, *damaged(chance, 1_000 - len(known))]

"""What a file is, before anything opens it: by its first bytes, its name and its unpacked size."""

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath

from services.tables.refusals import (
    BrokenTable,
    EmptyTable,
    LockedTable,
    MisnamedTable,
    NotATable,
    PictureOfTable,
    TableBomb,
    TableTooLarge,
)
from services.tables.table import LARGEST

UNPACKED = 200 * 1024 * 1024
MEMBER = 1024 * 1024
"""A member that unpacks to more than this must not be packed suspiciously well."""
RATIO = 200
MEMBERS = 2_000
CHUNK = 256 * 1024
LENGTHS, LENGTHS_AT = struct.Struct("<HH"), 26
"""Where the header before each member says how long its name and its extra field are."""
SCHEMING = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""No spreadsheet declares these; they are how XML is made to explode, or to fetch something."""


class Form(StrEnum):
    """How a table is kept in a file."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


SUFFIXES = {
    ".xlsx": Form.ZIP,
    ".xlsm": Form.ZIP,
    ".ods": Form.ZIP,
    ".xls": Form.OLE,
    ".csv": Form.TEXT,
    ".tsv": Form.TEXT,
    ".txt": Form.TEXT,
}
PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
OTHERS = (
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ",
    b"<!DOCTYPE",
    b"<html",
    b"{\\rtf",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TELLING = {".ods": "content.xml", ".xlsx": "xl/workbook.xml", ".xlsm": "xl/workbook.xml"}
"""The member without which it is no such file."""


def is_table_name(name: str) -> bool:
    """Whether a file is named like a table."""
    return PurePath(name.casefold()).suffix in SUFFIXES


def form_of(content: bytes, name: str) -> Form:
    """How a file keeps its table; refused where it keeps none, or something else than it says."""
    if len(content) > LARGEST:
        raise TableTooLarge(megabytes=LARGEST // 1024**2)
    if not content.strip(b"\0 \t\r\n"):
        raise EmptyTable
    suffix = PurePath(name.casefold()).suffix
    found = _by_content(content)
    named = SUFFIXES.get(suffix)
    if found is None or named is None:
        raise _no_table(content)
    if found != named:
        raise MisnamedTable
    if found == Form.ZIP:
        check_zip(content, TELLING[suffix])
    if found == Form.OLE and ENCRYPTED in content:
        raise LockedTable
    return found


def _by_content(content: bytes) -> Form | None:
    if content.startswith(b"PK"):
        return Form.ZIP
    if content.startswith(OLE):
        return Form.OLE if b"W\0o\0r\0k\0b\0o\0o\0k\0" in content or ENCRYPTED in content else None
    if content.lstrip()[:16].startswith((*PICTURES, *OTHERS)):
        return None
    return Form.TEXT


def _no_table(content: bytes) -> NotATable | PictureOfTable:
    is_picture = content.startswith(PICTURES) and content.lstrip().startswith(PICTURES)
    return PictureOfTable() if is_picture else NotATable()


def check_zip(content: bytes, telling: str) -> None:
    """Refuse a zip file that is too large unpacked, locked, or not what it says.

    Each member is really unpacked, piece by piece: what it declares may be a lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise BrokenTable from None
    if len(members) > MEMBERS or sum(each.file_size for each in members) > UNPACKED:
        raise TableBomb
    if any(each.flag_bits & 1 for each in members):
        raise LockedTable
    if any(_strays(each.filename) for each in members):
        raise BrokenTable
    if telling not in {each.filename for each in members}:
        raise MisnamedTable
    room = UNPACKED
    for member in members:
        room -= _unpacked(content, member, room)


def _strays(name: str) -> bool:
    """Whether a member would lie outside the file's own folder."""
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _unpacked(content: bytes, member: zipfile.ZipInfo, room: int) -> int:
    """How large a member really is; refused as soon as that is too much."""
    start = _start(content, member)
    packed = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        _look(bytes(packed[:CHUNK]))
        return len(packed)
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise BrokenTable
    size, unpacker, rest = 0, zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed)
    try:
        while rest and not unpacker.eof:
            piece = unpacker.decompress(rest, CHUNK)
            if not size:
                _look(piece)
            size, rest = size + len(piece), unpacker.unconsumed_tail
            if size > room or (size > MEMBER and size > RATIO * max(1, member.compress_size)):
                raise TableBomb
    except zlib.error:
        raise BrokenTable from None
    return size


def _start(content: bytes, member: zipfile.ZipInfo) -> int:
    """Where the packed bytes of a member begin."""
    at = member.header_offset
    if content[at : at + 4] != b"PK\x03\x04" or at + LENGTHS_AT + LENGTHS.size > len(content):
        raise BrokenTable
    name, extra = LENGTHS.unpack_from(content, at + LENGTHS_AT)
    return at + LENGTHS_AT + LENGTHS.size + int(name) + int(extra)


def _look(piece: bytes) -> None:
    """An XML member declares no types and entities of its own."""
    if SCHEMING.search(piece):
        raise BrokenTable

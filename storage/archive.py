"""The file of a backup: a zip with a manifest, and a file of lines for each table."""

import fcntl
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
LONGEST = 200 * CHUNK
"""Bytes of one line: a row with a file in it."""
DAMAGE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, EOFError,
    OSError, NotImplementedError,
)  # fmt: skip
"""What reading a file raises that is no zip, or not ours, or not whole."""


class BackupError(Exception):
    """A backup can't be made, or a file is none that can be restored; the text says why."""


@dataclass
class Content:
    """How much of a table is in a backup, by which hash it is known, and its highest number."""

    rows: int = 0
    sha256: str = ""
    highest: int | None = None


@dataclass
class Manifest:
    """What a backup says of itself: when, of which schema, and which head its journal had."""

    made_at: str
    schema: str
    links: int = 0
    head: str = ""
    tables: dict[str, Content] = field(default_factory=dict)
    format: int = FORMAT


@contextmanager
def written(target: Path, *, force: bool) -> Iterator[zipfile.ZipFile]:
    """A file that is there in whole or not at all, and that only its owner may read."""
    part = target.with_name(f".{target.name}.part")
    if target.exists() and not force:
        raise BackupError(f"{target} is there already. Name another file, or add --force.")
    with _alone(part) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            yield archive
        file.flush()
        os.fsync(file.fileno())
        if force:
            part.replace(target)
        else:
            _name(part, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(part: Path) -> Iterator[BinaryIO]:
    """The half-written file, which one process writes at a time; what a crash left is emptied."""
    part.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(number, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"{part.name} is being written by another backup.") from None
        os.fchmod(file.fileno(), 0o600)
        file.truncate(0)
        try:
            yield file
        finally:
            part.unlink(missing_ok=True)


def _name(part: Path, target: Path) -> None:
    """Give a file its name, unless something has it by now."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise BackupError(f"{target} is there already. Name another, or add --force.") from None


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """The last thing that is written."""
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup that is known to be one; what is in its tables is not checked yet."""
    with _readable(str(path)):
        archive = zipfile.ZipFile(path)
    with archive:
        with _readable(str(path)):
            found = json.loads(archive.read(MANIFEST))
            tables = {name: Content(**each) for name, each in found.pop("tables").items()}
            manifest = Manifest(tables=tables, **found)
        if manifest.format != FORMAT:
            raise BackupError(f"{path} was made by a newer Salesbot. Update Salesbot.")
        yield archive, manifest


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Say of what can't be read that it is damaged."""
    try:
        yield
    except FileNotFoundError:
        raise BackupError(f"There is no file {name}.") from None
    except DAMAGE as error:
        raise BackupError(f"{name} is damaged, or no backup of Salesbot.") from error


def lines_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The rows of a table."""
    with _readable(str(archive.filename)), archive.open(f"{name}.jsonl") as file:
        while line := file.readline(LONGEST):
            yield line


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """See that every table is as the manifest says."""
    for name, content in manifest.tables.items():
        hashed, rows = hashlib.sha256(), 0
        for line in lines_of(archive, name):
            hashed.update(line)
            rows += 1
        if (rows, hashed.hexdigest()) != (content.rows, content.sha256):
            raise BackupError(f"The table {name} of the backup is not as it was written.")

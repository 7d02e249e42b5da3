"""Errands: what an answer needs from outside, or what takes long, while no transaction is open.

A handler asks for the result. Where there is none yet, the transaction is rolled back, somebody
fetches it, and the update is answered from the start, this time with the result. One that keeps
what it does may be run again after a crash: it finds it done, and has the same result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bot.messages import File


@dataclass(frozen=True)
class Listen:
    """Write down what is said in a file."""

    file: File
    name: ClassVar[str] = "listen"


@dataclass(frozen=True)
class Consult:
    """Ask a language model what a text says; it gets the text and the stages, and nothing else."""

    text: str
    stages: tuple[str, ...] = ()
    name: ClassVar[str] = "consult"


@dataclass(frozen=True)
class ReadTable:
    """Read a table that somebody sent, and keep its rows; the result is the import's number."""

    file: File
    person_id: int
    name: ClassVar[str] = "read-table"


@dataclass(frozen=True)
class PlanTable:
    """Find out what taking in a table would do, and keep that.

    ``mapping`` says how its columns are meant, as JSON: what the transaction that asked for the
    plan had found out is not stored yet.
    """

    import_id: int
    person_id: int
    mapping: str
    name: ClassVar[str] = "plan-table"


@dataclass(frozen=True)
class ApplyTable:
    """Do what was planned, all or nothing."""

    import_id: int
    person_id: int
    name: ClassVar[str] = "apply-table"


@dataclass(frozen=True)
class ExportTables:
    """Write all that somebody may see into a file, and keep it until it is sent."""

    person_id: int
    form: str
    language: str
    name: ClassVar[str] = "export-tables"


Errand = Listen | Consult | ReadTable | PlanTable | ApplyTable | ExportTables


class Away(Exception):
    """The answer has to wait until an errand has been run; not an error, and not to be caught."""

    def __init__(self, errand: Errand) -> None:
        super().__init__(errand.name)
        self.errand = errand


@dataclass(frozen=True)
class Errands:
    """What can be fetched for an answer, and what was."""

    possible: frozenset[str] = frozenset()
    results: Mapping[str, str | None] = field(default_factory=dict)

    def result(self, errand: Errand) -> str | None:
        """What came of an errand; None where nobody can run it, or it failed."""
        if errand.name in self.results:
            return self.results[errand.name]
        if errand.name in self.possible:
            raise Away(errand)
        return None

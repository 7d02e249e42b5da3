"""What somebody may see, to be compared later with what they may see then."""

import json

from services.access import scope_of
from storage.models import Person
from storage.standing import held, hold_all
from storage.work import Work


async def sight(work: Work, person: Person) -> str:
    """What a person may see in this transaction: another text as soon as it is anything else.

    It is asked before anything is looked up for them. What was made for another sight than they
    have when it is sent is not theirs any more, and has to be made anew.
    """
    await hold_all(work.session, [person.id])
    scope = await scope_of(work, person)
    standing = held(work.session, person.id)
    return json.dumps([standing, scope.everything, sorted(scope.people), sorted(scope.units)])

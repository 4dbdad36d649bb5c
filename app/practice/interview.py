"""What the people of the practice village answer when they are asked about their money.

The roster brings only what a provincial export holds; a means test asks for the rest. Here the
generated household answers for itself, matched person by person through the identity numbers.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.households import Household
from app.domain.people import Person
from app.rules.facts import Facts, HouseholdFacts, Member
from app.services.case_facts import facts_of


def answered(recorded: Household, generated: Household) -> Facts:
    """The facts of a whole interview about `recorded`, as `generated` would answer."""
    theirs = facts_of(generated).household
    ids = _ids(recorded, generated)
    ours = facts_of(recorded)
    household = HouseholdFacts(
        area=theirs.area,
        members=tuple(replace(_known(member), id=ids[member.id]) for member in theirs.members),
        incomes=tuple(
            replace(item, member=item.member and ids[item.member]) for item in theirs.incomes or ()
        ),
        expenses=tuple(
            replace(item, member=item.member and ids[item.member]) for item in theirs.expenses or ()
        ),
        assets=theirs.assets or (),
        obligors=theirs.obligors or (),
    )
    return replace(ours, household=household)


def _known(member: Member) -> Member:
    """Asked, a person without a certificate or an illness says so."""
    return replace(
        member,
        disabled=bool(member.disabled),
        serious_illness=bool(member.serious_illness),
    )


def _ids(recorded: Household, generated: Household) -> dict[str, str]:
    """Generated person id → recorded person id."""
    known = {_known_by(m.person): m.person.id for m in recorded.members}
    return {m.person.id: known[_known_by(m.person)] for m in generated.members}


def _known_by(person: Person) -> str:
    """By what somebody is the same one in both: the number, and the name of who has none yet."""
    return person.id_number or person.name

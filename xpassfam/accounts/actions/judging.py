"""What a sign-up opens: judged when it is asked, before each of its messages, and as it opens.

A letter is replaced, an address corrected, somebody leaves: what proved a person yesterday may prove nothing today.
"""

from datetime import datetime

from django.utils import timezone

from xpassfam.accounts.models import Account, PendingSignUp
from xpassfam.people.models import Invitation, Person
from xpassfam.rules.ages import is_adult_on

Outcome = PendingSignUp.Outcome


def outcome(pending: PendingSignUp, *, at: datetime) -> str:
    """What its proof opens at its address; the same look-ups whatever they find."""
    taken = Account.objects.filter(email=pending.email).exists()
    active = Account.objects.filter(person_id=pending.person_id or 0).exists()
    reaches = _reaches_its_person(pending, at=at)
    if not _stands(pending, at=at):
        return Outcome.TAKEN if taken else Outcome.WRONG_PROOF
    if active:
        return Outcome.MEMBER_ACTIVE
    if taken:
        return Outcome.TAKEN
    if reaches:
        return Outcome.OPEN
    return Outcome.POSTED if pending.person and _may_get_a_letter(pending.person, at=at) else Outcome.WRONG_PROOF


def has_lapsed(pending: PendingSignUp, *, at: datetime) -> bool:
    """Whether a sign-up that could open an account when it was asked can do so no longer."""
    return not (_stands(pending, at=at) and _reaches_its_person(pending, at=at))


def _stands(pending: PendingSignUp, *, at: datetime) -> bool:
    person, code = pending.person, pending.activation_code
    if person is None or (person.closed_on and person.closed_on <= timezone.localdate(at)):
        return False
    claims_a_code = bool(pending.member_number)
    return not claims_a_code or (code is not None and code.superseded_at is None)


def _reaches_its_person(pending: PendingSignUp, *, at: datetime) -> bool:
    """Without a code only the register's own address opens: an ex-partner knows all the rest.

    Whom the register does not know yet, the address of an invitation that waits. The same look-up whatever it finds.
    """
    is_invited_there = Invitation.objects.reaching(pending.person_id, pending.email, at=at)
    is_known_there = pending.person is not None and pending.person.email == pending.email
    return bool(pending.activation_code) or is_known_there or is_invited_there


def _may_get_a_letter(person: Person, *, at: datetime) -> bool:
    """A code is typed with a member number, and an account is an adult's: nobody else has paper sent to their home."""
    return bool(person.member_number) and is_adult_on(timezone.localdate(at), born=person.birth_date)

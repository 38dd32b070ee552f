"""A family is given a certificate: the facts of today, frozen, with a code and a number."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.certificates import faces, history, saying, sheets, situation, wordings
from xpassfam.certificates.actions.registering import register_paper, replace_paper
from xpassfam.certificates.kinds import Kind
from xpassfam.certificates.models import Certificate, Signature
from xpassfam.certificates.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.people.access import ActingAccess, renewed
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Household
from xpassfam.rules.certificates import new_number

# Nobody needs more in a day; without an end, one impatient button would fill a home's history. For each person: a
# hostile partner's presses take nothing from the other.
A_DAY = throttle.Scope("certificates", free=20, forget=timedelta(days=1), per_window=True)


class NoSuchVariant(Exception):
    """The kind has not that one, or has it no longer."""


class TooMany(Exception):
    """Enough were given to this person today."""


@transaction.atomic
def issue(
    access: ActingAccess, *, kind: Kind, variant: str = "", form_key: str, by: Actor, at: datetime
) -> Certificate:
    """To whoever `access` is; the one of that kind and variant that they had is replaced. The same form twice gives
    the first's. Raise `saying.Unsayable`, NotAllowed where the access has ended, TooMany, NoSuchVariant.
    """
    # Two that send the same form wait for each other here.
    household = Household.objects.select_for_update(of=("self",)).get(pk=access.household_id)
    if first := Certificate.objects.given_with(form_key, to=access.person_id):
        return first
    standing = renewed(access)
    if standing is None:
        raise NotAllowed
    known = situation.read(standing)
    facts = saying.say(kind, known, _chosen(variant, kind, known))
    if not throttle.reserve(A_DAY, f"{household.pk}|{known.asker.pk}", at=at).allowed:
        raise TooMany
    made = _make(household, known, kind, variant, facts, form_key=form_key, by=by, at=at)
    record(history.ISSUED, made, by=by, at=at)
    return made


def _chosen(variant: str, kind: Kind, known: situation.Situation) -> str:
    if variant not in saying.variants(kind, known):
        raise NoSuchVariant
    return variant


def _make(
    household: Household,
    known: situation.Situation,
    kind: Kind,
    variant: str,
    facts: saying.Facts,
    *,
    form_key: str,
    by: Actor,
    at: datetime,
) -> Certificate:
    organisation, signature = current(), Signature.objects.first() or Signature()
    today, is_own = timezone.localdate(at), saying.is_own(kind, known)
    whose = {"household": household, "kind": kind.code, "variant": variant, "given_to": known.asker, "is_own": is_own}
    for former in Certificate.objects.current().filter(**whose).select_related("paper"):
        replace_paper(former.paper, at=at)
    Certificate.objects.current().filter(**whose).update(is_current=False)
    paper = register_paper(
        kind.code,
        initials=saying.initials(facts, known.asker),
        issued_on=today,
        valid_until=kind.good_until(on=today, income_until=known.income_until),
    )
    number, by_us = _number(kind, at=at), sheets.issuer(organisation, signature)
    around = wordings.filled(wordings.words_of(kind), facts, on=today, is_own=is_own)
    return Certificate.objects.create(
        **whose,
        number=number,
        paper=paper,
        issued_at=at,
        issued_by=by.name,
        said=facts,
        says=saying.digest(facts),
        sheet=sheets.compose(kind, facts, around, number=number, paper=paper, by=by_us),
        face=faces.keep(organisation, signature),
        form_key=form_key,
    )


def _number(kind: Kind, *, at: datetime) -> str:
    while Certificate.objects.filter(number=(number := new_number(kind.letters, on=timezone.localdate(at)))).exists():
        pass
    return number

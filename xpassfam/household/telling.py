"""What happens to a change, told to those who may know: to the history, and by mail."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.actions import naming
from xpassfam.accounts.contacts import tell as write_to
from xpassfam.accounts.models import Account
from xpassfam.accounts.models.channels import Subject
from xpassfam.accounts.telling import mail
from xpassfam.household import history, policy
from xpassfam.household.fields import ADDRESS, FIELDS, on_one_line
from xpassfam.household.models import Change
from xpassfam.journal.actions import Actor, write
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules.visibility import COUPLE_ROLES


def what(change: Change) -> str:
    """« Inès Benali, prénoms », « adresse »."""
    label = str(FIELDS[change.field].label).lower()
    return f"{change.person}, {label}" if change.person else label


def record(change: Change, code: str, *, by: Actor, at: datetime, **more: str) -> None:
    """One line, in the caller's transaction."""
    field = FIELDS[change.field]
    write(
        history.kind_of(code, field),
        by=by,
        at=at,
        household=change.household.public_id,
        person=change.person.public_id if change.person else "",
        facts={"what": what(change), **values_in_words(change), **more},
    )


def tell_other_homes(change: Change, *, at: datetime) -> None:
    """A child's other home learns what changed of the child, in its history and by mail, and nothing of who asked."""
    if change.person is None or FIELDS[change.field].is_private:
        return
    stays = Residence.objects.open_on(timezone.localdate(at)).filter(person=change.person)
    others = stays.filter(role=Residence.Role.DEPENDENT_CHILD).exclude(household=change.household)
    facts: Mapping[str, str] = {"what": what(change), **values_in_words(change)}
    for home in Household.objects.filter(pk__in=others.values("household")).order_by("pk"):
        for parent in _parents(home, at=at):
            write_to(
                parent,
                "household/mail/child_changed",
                at=at,
                context=_of_child(change, change.person),
                subject=Subject.HOME,
            )
        write(
            history.SHARED_CHILD_CHANGED,
            by=Actor(kind="system"),
            at=at,
            household=home.public_id,
            person=change.person.public_id,
            facts=dict(facts),
        )


def _parents(home: Household, *, at: datetime) -> list[Person]:
    """Its couple, as far as they act for it."""
    today = timezone.localdate(at)
    acting = Access.objects.open_on(today).filter(household=home).values("person")
    stays = Residence.objects.open_on(today).filter(household=home, role__in=COUPLE_ROLES, person__in=acting)
    return [stay.person for stay in stays.select_related("person")]


def _of_child(change: Change, child: Person) -> dict[str, str]:
    path = reverse("household:child", args=[child.public_id])
    return {"name": child.first_name, "what": str(FIELDS[change.field].label).lower(), "path": path}


def tell(change: Change, template: str, *, at: datetime, **context: str) -> None:
    """By mail to whoever asked, where they have an account: the values themselves stay on the page."""
    account = Account.objects.select_related("person").filter(person=change.asked_by_id, closed_at=None).first()
    if account:
        told = {"what": what(change), "asked_at": change.asked_at.isoformat(), **context}
        mail(account, template, at=at, subject=Subject.HOME, **told)


def follow_names(change: Change) -> None:
    """Whoever is called otherwise from now on is greeted so."""
    if change.person and FIELDS[change.field].name in ("first_names", "last_name"):
        naming.follow(change.person)


def values_in_words(change: Change) -> dict[str, str]:
    """Where the organisation hides a field from some of those who read the line, it names no value.

    An address that is only asked for stays out of the line, which outlives it: it may tell where somebody flees.
    """
    field = FIELDS[change.field]
    if field is ADDRESS and change.status not in (Change.Status.APPLIED, Change.Status.APPROVED):
        return dict.fromkeys(("before", "after"), _("valeur masquée"))
    if not field.is_private and policy.read().is_hidden_from_somebody(field.code):
        return dict.fromkeys(("before", "after"), _("valeur masquée"))
    return {"before": on_one_line(field, change.before), "after": on_one_line(field, change.after)}

"""Who a person is to the organisation, their home, and who acts for it: as far as they may read it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.household.fields import FIELDS
from xpassfam.household.models import Change, Confirmation
from xpassfam.household.portraits import Portrait, residents
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions.naming import unused_words
from xpassfam.people.models import Access, Activity, Correction, Household, Income, Invitation, Person
from xpassfam.rules.phones import readable_phone
from xpassfam.rules.visibility import HIDDEN_WHILE_FROZEN, Item
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Part, Rule


def categories() -> list[Category]:
    until = _("Tant que vous êtes au registre, puis le temps des dossiers.")
    return [
        Category(
            "identity",
            title=_("Votre identité au registre"),
            what=_("Noms, date de naissance, numéro d’adhérent, e-mail, téléphone, activité."),
            why=_("Savoir qui vous êtes, et calculer vos droits."),
            kept=until,
            seen_by=_("Vous et nos agents. Votre foyer voit votre nom et votre place."),
            source=_("Le registre de l’organisation ; vous, pour ce que vous corrigez."),
        ),
        Category(
            "household",
            title=_("Votre foyer"),
            what=_("Adresse, personnes du foyer, quotient familial, qui peut agir."),
            why=_("Vous montrer ce qui vous concerne, et rien à ceux que cela ne regarde pas."),
            kept=until,
            seen_by=_("Les adultes du foyer, chacun selon ses droits, et nos agents."),
            source=_("Le registre de l’organisation, votre foyer, la CAF ou les impôts par vos justificatifs."),
        ),
        Category(
            "changes",
            title=_("Vos changements et confirmations"),
            what=_("Ce que vous avez corrigé, avant et après ; « Tout est exact »."),
            why=_("Tenir le dossier à jour, et le prouver."),
            kept=_("Cinq ans après la réponse."),
            seen_by=_("Vous, votre foyer pour ce qui est commun, nos agents."),
            source=_("Vous ou votre foyer."),
        ),
    ]


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    person = _person(accesses)
    homes = [_home(access) for access in accesses]
    changes = sum(Change.objects.visible_to(access).count() for access in accesses)
    identity, household, changed = categories()
    mine = _identity_lines(person)
    return [
        Held(identity, len(mine), mine, _("Corriger"), reverse("household:profile")),
        Held(
            household,
            sum(len(home["persons"]) for home in homes),
            [(home["name"], ", ".join(one["name"] for one in home["persons"])) for home in homes],
            _("Voir mon foyer"),
            reverse("household:home"),
        ),
        Held(changed, changes, (), _("Voir l’historique"), reverse("dashboard:history")),
    ]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    person = _person(accesses)
    homes = [_home(access) for access in accesses]
    changes = [_change(one) for access in accesses for one in Change.objects.visible_to(access).order_by("asked_at")]
    confirmed = Confirmation.objects.filter(confirmed_by=person).order_by("at")
    own = {
        "id": person.public_id,
        "last_name": person.last_name,
        "birth_name": person.birth_name,
        "first_names": person.first_names,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "member_number": person.member_number,
        "email": person.email,
        "phone": person.phone,
        "activities": [
            {"kind": one.kind, "since": one.since.isoformat(), "until": one.until.isoformat() if one.until else None}
            for one in Activity.objects.filter(person=person)
        ],
    }
    said = {"changes": changes, "confirmations": [{"at": words.iso(one.at)} for one in confirmed]}
    return [
        Part("identity", own, _identity_lines(person)),
        Part("household", homes, [line for home in homes for line in _home_lines(home)]),
        Part("changes", said, [(one["at"][:10], f"{one['what']} ({one['status']})") for one in changes]),
    ]


def _person(accesses: Sequence[ActingAccess]) -> Person:
    return Person.objects.get(pk=accesses[0].person_id)


def _identity_lines(person: Person) -> list[tuple[str, str]]:
    known = (
        (_("Noms"), f"{person.first_names} {person.last_name}"),
        (_("Nom de naissance"), person.birth_name),
        (_("Date de naissance"), words.full_day(person.birth_date) if person.birth_date else ""),
        (_("Numéro d’adhérent"), person.member_number or ""),
        (_("E-mail au registre"), person.email),
        (_("Téléphone au registre"), readable_phone(person.phone) if person.phone else ""),
    )
    return [(label, value) for label, value in known if value]


def _home(access: ActingAccess) -> dict[str, Any]:
    """As the page of the home shows it: of the others, what the rules of visibility let one read."""
    home = Household.objects.visible_to(access).first()
    # As long as a separation is declared, nobody reads from here where the others live.
    shows_address = home and not (access.is_frozen and Item.ADDRESS in HIDDEN_WHILE_FROZEN)
    acting = Access.objects.visible_to(access).select_related("person") if access.household else []
    return {
        "id": access.household,
        "name": access.household_name,
        "file_number": access.file_number,
        "address": ", ".join([home.address, f"{home.postcode} {home.town}", home.country])
        if home and shows_address
        else None,
        "permission": access.permission,
        "persons": [_resident(one) for one in residents(access)] if access.household else [],
        "acting": [
            {
                "name": str(one.person),
                "permission": one.permission,
                "since": one.since.isoformat(),
                "until": one.until.isoformat() if one.until else None,
            }
            for one in acting
        ],
        "incomes": [
            {"quotient_cents": one.quotient_cents, "month": one.month.isoformat(), "source": one.source}
            for one in Income.objects.visible_to(access)
        ],
    }


def _resident(one: Portrait) -> dict[str, Any]:
    return {"name": one.name, "role": one.role, "birth_date": one.born.isoformat() if one.born else None}


def _home_lines(home: dict[str, Any]) -> list[tuple[str, str]]:
    lines = [(_("Foyer"), f"{home['name']} ({home['file_number']})")]
    lines += [(_("Adresse"), home["address"])] if home["address"] else []
    lines += [(one["role"], one["name"]) for one in home["persons"]]
    lines += [(_("Peut agir"), one["name"]) for one in home["acting"]]
    of_income = _("Quotient familial")
    return lines + [(of_income, f"{words.euros(one['quotient_cents'])}, {one['month'][:7]}") for one in home["incomes"]]


def _change(one: Change) -> dict[str, Any]:
    field = FIELDS.get(one.field)
    return {
        "at": words.iso(one.asked_at),
        "what": str(field.label) if field else one.field,
        "before": one.before,
        "after": one.after,
        "status": str(one.get_status_display()),
    }


def _answered(before: datetime) -> "QuerySet[Change]":
    old = Q(decided_at__lt=before) | Q(decided_at=None, asked_at__lt=before)
    return Change.objects.filter(old).exclude(status=Change.Status.PENDING)


def _changes_due(before: datetime, now: datetime) -> int:
    return _answered(before).count() + Correction.objects.exclude(outcome="").filter(settled_at__lt=before).count()


def _purge_changes(before: datetime, now: datetime) -> int:
    """Corrections that still stand against the register stay, whatever their age."""
    settled = Correction.objects.exclude(outcome="").filter(settled_at__lt=before)
    return delete_by_slices(_answered(before)) + delete_by_slices(settled)


def _dead(before: datetime) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(expires_at__lt=before)


def _invitations_due(before: datetime, now: datetime) -> int:
    return _dead(before).count()


def _purge_invitations(before: datetime, now: datetime) -> int:
    return delete_by_slices(_dead(before))


def _words_due(before: datetime, now: datetime) -> int:
    return unused_words().count()


def _purge_words(before: datetime, now: datetime) -> int:
    return delete_by_slices(unused_words())


RULES = (
    Rule(
        "names",
        gettext_lazy("Mots de l’index de recherche que plus personne ne porte"),
        gettext_lazy("Effacement (article 17 du RGPD)"),
        _words_due,
        _purge_words,
        usual=0, least=0, most=0, unit="days",
    ),
    Rule(
        "changes",
        gettext_lazy("Changements demandés et corrections réglées"),
        gettext_lazy("Prescription de cinq ans (code civil, article 2224)"),
        _changes_due,
        _purge_changes,
        usual=60, least=12, most=60,
    ),
    Rule(
        "invitations",
        gettext_lazy("Invitations passées"),
        gettext_lazy("Proportionnalité"),
        _invitations_due,
        _purge_invitations,
        usual=12, least=1, most=24,
    ),
)  # fmt: skip

"""Certificates as pages show them: what can be had and why not, what was given and what has become of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.certificates import saying, situation
from xpassfam.certificates.kinds import Kind, issued
from xpassfam.certificates.models import Certificate, State
from xpassfam.certificates.saying import Unsayable, Why
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words

LISTED = 200
WHY = {
    Why.NOT_ALLOWED: gettext_lazy("Votre accès à ce dossier ne permet pas de l’obtenir. Le titulaire le peut."),
    Why.FROZEN: gettext_lazy("Pas tant que la séparation déclarée n’est pas réglée. Appelez-nous si c’est urgent."),
    Why.NO_INCOME: gettext_lazy("Nous ne connaissons pas encore votre quotient familial."),
    Why.OLD_INCOME: gettext_lazy("Le quotient familial que nous avons est trop ancien. Donnez-en un plus récent."),
    Why.COUNTING: gettext_lazy("Vos droits sont en train d’être recalculés. Revenez dans une minute."),
    Why.NO_RIGHT: gettext_lazy("Aucun droit n’est ouvert aujourd’hui pour votre foyer."),
    Why.NO_CHILD: gettext_lazy("La carte est pour les foyers qui ont au moins un enfant à charge."),
}
# What mends it: the procedure that brings a quotient familial up to date.
MENDED_BY = {Why.NO_INCOME: "quotient-familial", Why.OLD_INCOME: "quotient-familial"}


@dataclass(frozen=True)
class Tag:
    """As the component draws it."""

    kind: str
    text: str
    icon: str = ""


@dataclass(frozen=True)
class Row:
    """`is_stale`: what it says is no longer so."""

    certificate: Certificate
    title: str
    note: str
    tag: Tag
    is_stale: bool


@dataclass(frozen=True)
class Offer:
    """A kind that may be had, or `why` not; `is_own`: about oneself alone."""

    kind: Kind
    is_own: bool
    why: str
    procedure: str


def rows_for(access: ActingAccess, known: situation.Situation | None = None) -> list[Row]:
    """What the viewer may read, newest first. One query; with what is `known` today, whether it is still so."""
    rows = Certificate.objects.visible_to(access).select_related("paper", "given_to").order_by("-issued_at", "-pk")
    return [row(one, on=access.on, known=known) for one in rows[:LISTED]]


def row(certificate: Certificate, *, on: date, known: situation.Situation | None = None) -> Row:
    stale = known is not None and is_stale(certificate, known)
    return Row(certificate, title(certificate), note(certificate), tag(certificate, on=on, stale=stale), stale)


def title(certificate: Certificate) -> str:
    """« Attestation de quotient familial, sans le montant »."""
    label, variant = certificate.described.label, variant_label(certificate.variant)
    return _("{kind}, {which}").format(kind=label, which=variant.lower()) if variant else label


def variant_label(variant: str) -> str:
    return _("Sans le montant") if variant == saying.WITHOUT_AMOUNT else variant


def note(certificate: Certificate) -> str:
    day = words.short_day(certificate.issued_at)
    if certificate.is_own:
        return _("N° {number}, établie le {day} pour {person} seulement.").format(
            number=certificate.number, day=day, person=certificate.given_to.first_name
        )
    return _("N° {number}, établie le {day} pour {person}.").format(
        number=certificate.number, day=day, person=certificate.given_to.first_name
    )


def tag(certificate: Certificate, *, on: date, stale: bool = False) -> Tag:
    paper = certificate.paper
    match paper.state(on):
        case State.REVOKED if paper.revoked_at:
            return Tag("no", _("Retirée le {day}").format(day=words.short_day(paper.revoked_at)), "x")
        case State.REPLACED if paper.replaced_at:
            return Tag("soft", _("Remplacée le {day}").format(day=words.short_day(paper.replaced_at)), "refresh-cw")
        case State.EXPIRED if paper.valid_until:
            return Tag("soft", _("Expirée le {day}").format(day=words.short_day(paper.valid_until)), "clock-3")
    if stale:
        return Tag("wait", _("À refaire"), "refresh-cw")
    if paper.valid_until:
        return Tag("ok", _("Valable jusqu’au {day}").format(day=words.short_day(paper.valid_until)))
    return Tag("ok", _("Valable, sans date de fin"))


def is_stale(certificate: Certificate, known: situation.Situation) -> bool:
    """Whether the same would say something else today. Only its holder's own sight compares with it."""
    kind, access = certificate.described, known.access
    is_comparable = certificate.given_to_id == access.person_id and certificate.is_own == saying.is_own(kind, known)
    if not is_comparable or certificate.state(access.on) != State.VALID:
        return False
    try:
        return saying.digest(saying.say(kind, known, certificate.variant)) != certificate.says
    except Unsayable as error:
        return error.why not in (Why.FROZEN, Why.NOT_ALLOWED, Why.COUNTING)


def offers(known: situation.Situation) -> list[Offer]:
    """No query."""
    return [offer(kind, known) for kind in issued()]


def offer(kind: Kind, known: situation.Situation) -> Offer:
    why = procedure = ""
    try:
        saying.say(kind, known, saying.variants(kind, known)[0])
    except Unsayable as error:
        why, procedure = str(WHY[error.why]), MENDED_BY.get(error.why, "")
    return Offer(kind, saying.is_own(kind, known), why, procedure)

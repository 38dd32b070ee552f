"""Certificates that a person may read, and how long they are verified."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.certificates import printing
from xpassfam.certificates.models import Certificate
from xpassfam.certificates.models.certificate import Face
from xpassfam.pdf.sealing import seal
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Leaf, Part, Rule


def categories() -> list[Category]:
    return [
        Category(
            "certificates",
            title=_("Vos attestations"),
            what=_("Ce qui a été attesté, à qui, quand ; le code de vérification."),
            why=_("Vous la redonner à l’identique, et que chacun puisse la vérifier."),
            kept=_("Cinq ans après leur fin."),
            seen_by=_("Vous, votre foyer, nos agents. Qui a le code voit seulement si elle est valable."),
            source=_("Vos données, au jour de l’attestation."),
        )
    ]


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    """A query a home."""
    count = sum(Certificate.objects.visible_to(access).count() for access in accesses)
    return [Held(categories()[0], count, (), _("Voir mes attestations"), reverse("certificates:home"))]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    found: dict[int, Certificate] = {}
    for access in accesses:
        rows = Certificate.objects.visible_to(access).select_related("paper", "face", "given_to")
        found |= {one.pk: one for one in rows.order_by("issued_at")}
    data, lines, files = [], [], []
    for one in found.values():
        leaf = Leaf(f"attestations/{one.number}.pdf", _printer(one))
        files.append(leaf)
        data.append(
            {
                "number": one.number,
                "kind": one.kind,
                "given_to": str(one.given_to),
                "issued_at": words.iso(one.issued_at),
                "valid_until": one.paper.valid_until.isoformat() if one.paper.valid_until else None,
                "said": one.said,
                "file": leaf.path,
            }
        )
        lines.append((f"{one.described.label} {one.number}", words.full_day(one.issued_at)))
    return [Part("certificates", data, lines, files)]


def _printer(certificate: Certificate) -> Callable[[], Iterable[bytes]]:
    return lambda: [seal(printing.pdf(certificate))]


def erase(homes: Sequence[int]) -> int:
    return _destroy(Certificate.objects.filter(household__in=homes))


def _old(before: datetime) -> "QuerySet[Certificate]":
    ended = Q(paper__valid_until__lt=before) | Q(paper__valid_until=None, is_current=False)
    return Certificate.objects.filter(ended, issued_at__lt=before)


def _destroy(rows: "QuerySet[Certificate]") -> int:
    """With the row that verifies it, and the look that nothing else has."""
    count = 0
    for one in rows.select_related("paper").iterator():
        with transaction.atomic():
            paper = one.paper
            one.delete()
            paper.delete()
            count += 1
    Face.objects.filter(certificates=None).delete()
    return count


def _due(before: datetime, now: datetime) -> int:
    return _old(before).count()


def _purge(before: datetime, now: datetime) -> int:
    return _destroy(_old(before))


RULES = (
    Rule(
        "certificates",
        gettext_lazy("Attestations expirées"),
        gettext_lazy("Prescription de cinq ans (code civil, article 2224)"),
        _due,
        _purge,
        usual=60, least=12, most=120,
    ),
)  # fmt: skip

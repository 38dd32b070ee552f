"""Documents that a family gave, and what time deletes of what served nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.documents.actions import erasing, uploading
from xpassfam.documents.models import Document, PendingUpload
from xpassfam.documents.serving import file_name
from xpassfam.documents.shown import state, title_of
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Leaf, Missing, Part, Rule
from xpassfam.vault import sealing, storage
from xpassfam.vault.models import File
from xpassfam.vault.reading import NotReady, chunks


def categories() -> list[Category]:
    return [
        Category(
            "documents",
            title=_("Vos documents"),
            what=_("Les justificatifs donnés, leurs dates, la réponse de l’agent."),
            why=_("Étudier vos demandes sans vous redemander la même chose."),
            kept=_("Tant qu’ils servent, puis avec la demande. Pièce d’identité : jusqu’à sa vérification, au plus."),
            seen_by=_("Vous, ceux de votre foyer qui en ont le droit, les agents de vos demandes."),
            source=_("Vous ou votre foyer."),
        )
    ]


def _seen(accesses: Sequence[ActingAccess]) -> list[Document]:
    """What each access lets one read, and nothing more: neither of the other home of a child, nor what is private."""
    found: dict[int, Document] = {}
    for access in accesses:
        rows = Document.objects.visible_to(access).as_shown().prefetch_related("attached__file")
        found |= {one.pk: one for one in rows.order_by("given_at")}
    return list(found.values())


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    """A query a home."""
    count = sum(Document.objects.visible_to(access).count() for access in accesses)
    return [Held(categories()[0], count, (), _("Voir mes documents"), reverse("dashboard:documents"))]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    today = timezone.localdate()
    data, lines, files = [], [], []
    for document in _seen(accesses):
        held = list(document.attached.all())
        leaves = []
        for number, attached in enumerate(held, 1):
            name = file_name(document, attached.file, number, len(held))
            leaves.append(Leaf(f"documents/{document.public_id[:8]} {name}", reader(attached.file)))
        files += leaves
        word = state(document, document.described, on=today).text
        data.append(
            {
                "id": document.public_id,
                "kind": document.kind,
                "title": title_of(document),
                "about": str(document.person) if document.person else None,
                "given_by": str(document.given_by),
                "given_at": words.iso(document.given_at),
                "issued_on": document.issued_on.isoformat(),
                "valid_until": document.valid_until.isoformat() if document.valid_until else None,
                "verdict": document.verdict,
                "reason": document.reason,
                "files": [leaf.path for leaf in leaves],
            }
        )
        lines.append((title_of(document), f"{words.full_day(document.given_at)}, {word}"))
    return [Part("documents", data, lines, files)]


def reader(file: File) -> Callable[[], Iterable[bytes]]:
    """Its content, once the archive comes to it."""

    def read() -> Iterable[bytes]:
        try:
            yield from chunks(file)
        except (NotReady, storage.Away, storage.Absent, sealing.Damaged, sealing.UnknownKey) as error:
            raise Missing(file.name) from error

    return read


def _uploads_due(before: datetime, now: datetime) -> int:
    return PendingUpload.objects.filter(sent_at__lt=before).count()


def _purge_uploads(before: datetime, now: datetime) -> int:
    return uploading.sweep(before=before)


def erase(homes: Sequence[int]) -> int:
    """All that these homes gave, files first."""
    return erasing.erase(homes)


RULES = (
    Rule(
        "uploads",
        gettext_lazy("Fichiers envoyés qui ne servent à aucun document"),
        gettext_lazy("Proportionnalité"),
        _uploads_due,
        _purge_uploads,
        usual=30, least=2, most=30, unit="days",
    ),
)  # fmt: skip

"""The register of processing activities, from what the portal is set to do. Source: RGPD, art. 30.1."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xpassfam.organisation.models import current
from xpassfam.privacy import sources
from xpassfam.procedures.models import Procedure


def rows() -> Iterator[tuple[str, ...]]:
    """A line a category, then a line a procedure that is open, which asks for data of its own."""
    organisation = current()
    whose = organisation.legal_name or organisation.name
    others = " ; ".join([_("hébergeur : {name}").format(name=organisation.host_name), *_recipients()])
    protected = _("Chiffrement des fichiers et des comptes bancaires, accès par rôle, historique inaltérable")
    yield (
        _("Traitement"), _("Responsable"), _("Délégué à la protection des données"), _("Finalité"), _("Base légale"),
        _("Données"), _("Personnes"), _("Destinataires"), _("Autres destinataires"), _("Durée"), _("Source"),
        _("Mesures de sécurité"), _("Transfert hors UE"),
    )  # fmt: skip
    families = _("Adhérents et membres de leur foyer")
    for one in sources.categories():
        yield (
            str(one.title), whose, organisation.dpo_contact, str(one.why), str(one.basis), str(one.what), families,
            str(one.seen_by), others, str(one.kept), str(one.source), protected, _("Aucun par le portail lui-même"),
        )  # fmt: skip
    filings = next(one for one in sources.categories() if one.code == "filings")
    for title, purpose, fields in _procedures():
        yield (
            _("Démarche : {title}").format(title=title), whose, organisation.dpo_contact, purpose, str(filings.basis),
            fields, families, str(filings.seen_by), others, str(filings.kept), str(filings.source), protected,
            _("Aucun par le portail lui-même"),
        )  # fmt: skip


def _procedures() -> Iterator[tuple[str, str, str]]:
    """Title, what for, and each field with why it is asked."""
    for one in Procedure.objects.published():
        if one.is_open:
            fields = [field for section in one.definition.sections for field in section.fields]
            asked = [f"{field.label} ({field.purpose})" if field.purpose else field.label for field in fields]
            yield one.definition.title, one.definition.purpose, " ; ".join(asked)


def _recipients() -> list[str]:
    return [line.strip() for line in current().privacy_recipients.splitlines() if line.strip()]

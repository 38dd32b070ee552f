"""What the law makes an organisation say of itself. Source: LCEN, art. 1-1; RGPD, art. 13 and 14."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.models.contacts import is_phone
from xpassfam.rules import retention
from xpassfam.rules.retention import Retention

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What says how long, by family of history lines.
MONTHS = {
    retention.SIGN_INS.code: "log_months",
    retention.CONSULTATIONS.code: "consultation_months",
    retention.FILE.code: "history_months",
}


def months_kept(
    family: Retention, label: "StrOrPromise", help_text: "StrOrPromise"
) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(
        label,
        default=family.usual,
        validators=[MinValueValidator(family.least), MaxValueValidator(family.most)],
        help_text=help_text,
    )


class LegalProfile(models.TextChoices):
    """Decides which legal sentences may be written: see `rules.legal_profiles`."""

    ADM = "adm", _("Administration (État, collectivité, CCAS, organisme de sécurité sociale)")
    MUT = "mut", _("Mutuelle, institution de prévoyance ou assureur")
    CSE = "cse", _("Comité social et économique")
    ASSO = "asso", _("Association")
    ENT = "ent", _("Entreprise")


class LegalNotice(models.Model):
    legal_profile = models.CharField(
        _("profil juridique"),
        max_length=4,
        choices=LegalProfile,
        default=LegalProfile.ASSO,
        help_text=_("Il choisit les phrases que la loi vous fait écrire, et celles qu’elle vous interdit."),
    )
    legal_name = models.CharField(
        _("raison sociale"), max_length=120, default="", help_text=_("Avec la forme : « …, association loi 1901 ».")
    )
    seat = models.TextField(_("adresse du siège"), default="")
    legal_phone = models.CharField(_("téléphone du siège"), max_length=24, default="", validators=[is_phone])
    legal_email = models.EmailField(_("e-mail du siège"), default="")
    registration = models.CharField(
        _("numéro d’enregistrement"),
        max_length=160,
        default="",
        help_text=_("SIREN, RNA, RCS… et le capital s’il y en a un. Une commune écrit son SIREN."),
    )
    publication_director = models.CharField(
        _("responsable de la publication"), max_length=120, default="", help_text=_("Une personne : nom et fonction.")
    )
    host_name = models.CharField(_("nom de l’hébergeur"), max_length=120, default="")
    host_address = models.TextField(_("adresse de l’hébergeur"), default="")
    host_phone = models.CharField(_("téléphone de l’hébergeur"), max_length=24, default="", validators=[is_phone])
    mediator = models.TextField(
        _("médiateur"),
        blank=True,
        help_text=_("Nom, adresse et site. Obligatoire pour une mutuelle, et pour qui vend un service."),
    )

    class Meta:
        abstract = True

    @classmethod
    def notice_fields(cls) -> "list[models.Field[str, str]]":
        """The fields without which the legal notice is not one."""
        names = [field.name for field in LegalNotice._meta.local_fields if not field.blank]
        found = [cls._meta.get_field(name) for name in (*names, "dpo_contact")]
        return [field for field in found if isinstance(field, models.Field)]

    @property
    def missing_notice_fields(self) -> list[str]:
        """The labels of what is still empty: production does not start with one of them."""
        return [str(field.verbose_name) for field in self.notice_fields() if not getattr(self, field.name).strip()]


class Privacy(models.Model):
    dpo_contact = models.CharField(
        _("délégué à la protection des données"),
        max_length=200,
        default="",
        help_text=_("Un e-mail ou une adresse postale. Sans délégué : qui répond aux questions sur les données."),
    )
    privacy_basis = models.TextField(
        _("base légale"), blank=True, help_text=_("Vide : celle du profil juridique. Faites-la relire.")
    )
    privacy_recipients = models.TextField(
        _("autres destinataires des données"), blank=True, help_text=_("Un par ligne, avec la raison.")
    )
    log_months = months_kept(
        retention.SIGN_INS,
        _("traces de connexion gardées (mois)"),
        _("De 6 mois à 1 an ; jusqu’à 3 ans avec une analyse écrite. Source : CNIL, 2021-122."),
    )
    consultation_months = months_kept(
        retention.CONSULTATIONS,
        _("consultations par les agents gardées (mois)"),
        _("Qui a ouvert quel dossier. De 6 mois à 3 ans. Source : CNIL, 2021-122."),
    )
    history_months = months_kept(
        retention.FILE,
        _("détail de l’historique gardé (mois)"),
        _("Ce qui a changé dans les dossiers, avant et après. De 1 à 10 ans. Source : code civil, art. 2224."),
    )
    archive_months = months_kept(
        retention.ENDED_REQUESTS,
        _("demandes terminées au travail (mois)"),
        _("Ensuite, archivées : seuls les agents désignés les ouvrent, avec un motif. De 3 mois à 5 ans."),
    )
    agents_are_named = models.BooleanField(
        _("agents nommés dans l’historique des familles"),
        default=True,
        help_text=_("Décochée : les familles lisent « un agent » et son équipe. Vos équipes voient toujours le nom."),
    )

    class Meta:
        abstract = True

    def months_kept(self, family: Retention) -> int:
        """How long the organisation keeps the words of a family of history lines."""
        chosen: int = getattr(self, MONTHS[family.code])
        return chosen

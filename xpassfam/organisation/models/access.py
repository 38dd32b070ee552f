"""How accounts are opened and kept: proofs, links, sessions, passwords."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.second_step import Method, Policy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Kept by the form, and by the database.
BOUNDS = {
    "activation_link_hours": (1, 72),
    "activation_code_minutes": (10, 120),
    "reset_link_minutes": (30, 1440),
    "remember_days": (1, 90),
    "idle_minutes": (15, 240),
    "absolute_hours": (1, 24),
    "staff_idle_minutes": (5, 60),
    "staff_absolute_hours": (1, 12),
    "confirmation_minutes": (2, 60),
    "password_min_length": (10, 64),
    "password_min_length_mixed": (8, 64),
    "portal_failures_per_minute": (10, 10_000),
    "sms_per_number_a_day": (3, 50),
    "sms_per_account_a_day": (3, 50),
    "sms_per_day": (0, 30_000),
    "trusted_days": (1, 183),
    "staff_trusted_hours": (0, 12),
}


class SignUpProof(models.TextChoices):
    CODE = "code", _("Numéro d’adhérent et code d’activation")
    FILE = "file", _("Numéro de dossier, nom et date de naissance")
    BOTH = "both", _("L’un ou l’autre, au choix de la personne")


class SecondStep(models.TextChoices):
    OFF = Policy.OFF.value, _("Non proposée")
    OFFERED = Policy.OFFERED.value, _("Proposée : chacun choisit")
    CONDITION = Policy.CONDITION.value, _("Sur un nouvel appareil, ou après un nouveau mot de passe")
    REQUIRED = Policy.REQUIRED.value, _("Toujours demandée")


def bounded(name: str, label: "StrOrPromise", *, default: int) -> "models.PositiveSmallIntegerField[int, int]":
    low, high = BOUNDS[name]
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(low), MaxValueValidator(high)],
        help_text=format_lazy(_("De {low} à {high}."), low=low, high=high),
    )


class AccountRules(models.Model):
    sign_up_is_open = models.BooleanField(
        _("ouverture de comptes"),
        default=True,
        help_text=_("Décochée : plus personne n’ouvre de compte ; ceux qui en ont un se connectent comme avant."),
    )
    sign_up_proof = models.CharField(_("preuve demandée"), max_length=4, choices=SignUpProof, default=SignUpProof.BOTH)
    activation_link_hours = bounded("activation_link_hours", _("lien d’activation (heures)"), default=24)
    activation_code_minutes = bounded("activation_code_minutes", _("code à 6 chiffres (minutes)"), default=30)
    reset_link_minutes = bounded("reset_link_minutes", _("lien de nouveau mot de passe (minutes)"), default=1440)
    remember_days = bounded("remember_days", _("« Se souvenir de moi » (jours)"), default=30)
    idle_minutes = bounded("idle_minutes", _("familles : fin sans activité (minutes)"), default=60)
    absolute_hours = bounded("absolute_hours", _("familles : fin dans tous les cas (heures)"), default=12)
    staff_idle_minutes = bounded("staff_idle_minutes", _("équipes : fin sans activité (minutes)"), default=15)
    staff_absolute_hours = bounded("staff_absolute_hours", _("équipes : fin dans tous les cas (heures)"), default=8)
    confirmation_minutes = bounded(
        "confirmation_minutes", _("acte important : mot de passe redemandé après (minutes)"), default=10
    )
    password_min_length = bounded("password_min_length", _("mot de passe jugé sur sa force : longueur"), default=12)
    password_min_length_mixed = bounded(
        "password_min_length_mixed", _("mot de passe à quatre sortes de caractères : longueur"), default=8
    )
    portal_failures_per_minute = bounded(
        "portal_failures_per_minute", _("connexions manquées par minute, tous appareils inconnus ensemble"), default=60
    )
    second_step = models.CharField(
        _("deuxième étape des familles"),
        max_length=10,
        choices=SecondStep,
        default=SecondStep.OFFERED,
        help_text=_(
            "Les équipes en ont toujours une, par clé d’accès ou application de codes. Un compte peut avoir sa propre "
            "règle : Espace des équipes, Sécurité des comptes."
        ),
    )
    second_step_by_passkey = models.BooleanField(_("par clé d’accès"), default=True)
    second_step_by_totp = models.BooleanField(_("par application de codes"), default=True)
    second_step_by_sms = models.BooleanField(
        _("par SMS"),
        default=False,
        help_text=_("Chaque SMS coûte ; un numéro peut être volé chez l’opérateur."),
    )
    second_step_by_email = models.BooleanField(
        _("par e-mail"),
        default=True,
        help_text=_("Un code de vérification : la boîte aux lettres sert déjà à changer de mot de passe."),
    )
    trusted_days = bounded("trusted_days", _("familles : appareil de confiance (jours)"), default=30)
    staff_trusted_hours = bounded("staff_trusted_hours", _("équipes : appareil de confiance (heures)"), default=8)
    password_words = models.TextField(
        _("mots trop faciles à deviner ici"),
        blank=True,
        help_text=_("Un par ligne : sigle, ville, mascotte… Un mot de passe bâti sur l’un d’eux est refusé."),
    )

    class Meta:
        abstract = True

    @property
    def allowed_methods(self) -> frozenset[Method]:
        return frozenset(method for method in Method if getattr(self, f"second_step_by_{method.value}"))

    @property
    def context_words(self) -> list[str]:
        """What a guesser would try first here: the names of the organisation, and the words it gives."""
        names = f"{self.name} {self.portal_name}"  # type: ignore[attr-defined]
        return [word for word in (names + " " + self.password_words).split() if len(word) > 2]

    def clean(self) -> None:
        super().clean()
        if self.password_min_length_mixed > self.password_min_length:
            text = _("Cette longueur ne peut pas dépasser celle du mot de passe jugé sur sa force.")
            raise ValidationError({"password_min_length_mixed": text})

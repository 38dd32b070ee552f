"""The form where an organisation makes the portal its own."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.actions import close, configure, open_again, plan
from xpassfam.organisation.forms import OrganisationForm, TextField
from xpassfam.organisation.models import Closing, Meeting, Organisation
from xpassfam.organisation.models.organisation import ONLY_ID

LOGO = ("logo_file", "without_logo"), ("dark_logo_file", "without_dark_logo"), "logo_text", "logos"
BRAND = ("name", "portal_name", ("brand_colour", "accent_colour", "second_accent_colour"), "typeface", "face")
LINKS = ("activation_link_hours", "activation_code_minutes", "reset_link_minutes")
SESSIONS = (
    "remember_days",
    ("idle_minutes", "absolute_hours"),
    ("staff_idle_minutes", "staff_absolute_hours"),
    "confirmation_minutes",
)
FOLDED = ("collapse",)
KEPT = ("log_months", "consultation_months", "history_months")
HOST = ("host_name", "host_address", "host_phone")
# The browser's own pickers: one labelled field each, and none of the inline styles of Django's calendar.
DAYS: dict[Any, Any] = {models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}}


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    form = OrganisationForm
    readonly_fields = ("face", "logos")
    formfield_overrides: ClassVar = {
        models.TextField: {"form_class": TextField, "widget": forms.Textarea(attrs={"rows": 3})},
        models.URLField: {"assume_scheme": "https"},
        **DAYS,
        models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
    }
    fieldsets = (
        (_("Marque"), {"fields": BRAND}),
        (_("Logo"), {"fields": LOGO}),
        (
            _("Contacts"),
            {
                "description": _("Au pied de chaque page, dans l’aide et dans les e-mails."),
                "fields": (("support_phone", "support_email"), "support_hours", "postal_address", "security_email"),
            },
        ),
        (
            _("Travaux et messages"),
            {
                "description": _(
                    "Pendant les travaux, les familles lisent quand revenir ; les équipes entrent quand même."
                ),
                "fields": ("maintenance_from", "maintenance_until", "maintenance_notice", "sign_in_notice"),
            },
        ),
        (
            _("Calendrier"),
            {
                "classes": FOLDED,
                "description": _("Vos propres jours de fermeture ont leur page, à côté de celle-ci."),
                "fields": ("holiday_zone",),
            },
        ),
        (
            _("Promesse de l’assistance"),
            {
                "classes": FOLDED,
                "description": _(
                    "Chaque demande d’aide dit avant quel jour et quelle heure vous répondrez. "
                    "Le calendrier ci-dessus et vos jours de fermeture comptent."
                ),
                "fields": ("promise_hours", ("support_opens_at", "support_closes_at")),
            },
        ),
        (_("Ouverture des comptes"), {"classes": FOLDED, "fields": ("sign_up_is_open", "sign_up_proof")}),
        (_("Durée des liens et des codes"), {"classes": FOLDED, "fields": LINKS}),
        (_("Durée des connexions"), {"classes": FOLDED, "fields": SESSIONS}),
        (
            _("Essais de connexion"),
            {
                "classes": FOLDED,
                "description": _(
                    "Au-delà, les appareils inconnus attendent la minute suivante, et l’e-mail pour la sécurité "
                    "reçoit une alerte. Comptez deux fois vos échecs d’une minute chargée."
                ),
                "fields": ("portal_failures_per_minute",),
            },
        ),
        (
            _("SMS"),
            {
                "classes": FOLDED,
                "description": _(
                    "Chaque SMS se paie. Au-delà de ces nombres, rien ne part jusqu’au lendemain ; quand tout le "
                    "portail y arrive, l’e-mail pour la sécurité reçoit une alerte. Zéro pour tout le portail : "
                    "aucun SMS."
                ),
                "fields": ("sms_countries", ("sms_per_number_a_day", "sms_per_account_a_day", "sms_per_day")),
            },
        ),
        (
            _("Deuxième étape de la connexion"),
            {
                "classes": FOLDED,
                "description": _(
                    "Un code par e-mail protège d’un mot de passe volé, pas d’une boîte aux lettres volée. Ce qui est "
                    "décoché n’est plus proposé ; ceux qui l’avaient activé le gardent."
                ),
                "fields": (
                    "second_step",
                    ("second_step_by_passkey", "second_step_by_totp", "second_step_by_sms", "second_step_by_email"),
                    ("trusted_days", "staff_trusted_hours"),
                ),
            },
        ),
        (
            _("Mots de passe"),
            {
                "classes": FOLDED,
                "description": _("La page conseille toujours 12 caractères et un gestionnaire de mots de passe."),
                "fields": (("password_min_length", "password_min_length_mixed"), "password_words"),
            },
        ),
        (
            _("Mentions légales"),
            {
                "classes": FOLDED,
                "description": _("La loi les demande toutes : le portail ne démarre pas sans elles."),
                "fields": (
                    "legal_profile",
                    "legal_name",
                    "seat",
                    ("legal_phone", "legal_email"),
                    "registration",
                    "publication_director",
                    *HOST,
                    "mediator",
                ),
            },
        ),
        (
            _("Recours"),
            {
                "classes": FOLDED,
                "description": _("Dit dans chaque décision qui refuse quelque chose."),
                "fields": ("appeal_body", "appeal_months", "court"),
            },
        ),
        (
            _("Données personnelles"),
            {
                "classes": FOLDED,
                "description": _("Passé ce temps, le détail s’efface chaque nuit ; l’historique dit qu’il l’a été."),
                "fields": (
                    "dpo_contact",
                    "privacy_basis",
                    "privacy_recipients",
                    KEPT,
                    "archive_months",
                    "agents_are_named",
                ),
            },
        ),
        (
            _("Accessibilité"),
            {
                "classes": FOLDED,
                "description": _("L’état est au pied de chaque page. Refaites l’audit tous les trois ans."),
                "fields": (
                    "accessibility_state",
                    "accessibility_is_required",
                    ("accessibility_rate", "accessibility_audited_on", "accessibility_auditor"),
                    "accessibility_gaps",
                    "accessibility_exemptions",
                    "accessibility_plan_url",
                ),
            },
        ),
    )

    @admin.display(description=_("aperçu"))
    def face(self, organisation: Organisation) -> SafeString:
        return render_to_string("organisation/face.html", {"themes": organisation.preview})

    @admin.display(description=_("logo enregistré"))
    def logos(self, organisation: Organisation) -> SafeString:
        return render_to_string("organisation/logos.html", {"organisation": organisation})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one: a list of it would be a page to click through."""
        return HttpResponseRedirect(reverse("admin:organisation_organisation_change", args=[ONLY_ID]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"title": _("Réglages de l’organisme"), "subtitle": None, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> HttpResponse:
        """Unfold what holds an error: Django does not where fields share a line."""
        shown = context["adminform"]
        at_fault = set(shown.form.errors)
        shown.fieldsets = [
            (name, {**options, "classes": ()} if at_fault & set(flatten(options["fields"])) else options)
            for name, options in shown.fieldsets
        ]
        return super().render_change_form(request, context, *args, **more)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Organisation | None:
        """Before the first time, the defaults."""
        if object_id != str(ONLY_ID):
            return None
        return Organisation.objects.first() or Organisation()

    def save_model(self, request: HttpRequest, obj: Organisation, form: ModelForm[Organisation], change: bool) -> None:
        configure(obj, logos=cast(OrganisationForm, form).logos(), by=str(request.user), at=timezone.now())

    def response_change(self, request: HttpRequest, obj: Organisation) -> HttpResponse:
        """Stay on the form: the preview shows what has been saved."""
        self.message_user(request, _("C’est enregistré. Chaque page le montre d’ici dix secondes."))
        return HttpResponseRedirect(request.path)


@admin.register(Closing)
class ClosingAdmin(admin.ModelAdmin[Closing]):
    list_display = ("reason", "first_on", "last_on")
    formfield_overrides = DAYS

    def save_model(self, request: HttpRequest, obj: Closing, form: ModelForm[Closing], change: bool) -> None:
        close(obj, by=str(request.user), at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Closing) -> None:
        open_again(obj)


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin[Meeting]):
    list_display = ("on",)
    formfield_overrides = DAYS

    def save_model(self, request: HttpRequest, obj: Meeting, form: ModelForm[Meeting], change: bool) -> None:
        plan(obj, by=str(request.user), at=timezone.now())

"""Staff and their teams. Families' accounts are not configuration: they are not here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.actions import passwords, staff
from xpassfam.accounts.forms.signing_up import EmailField
from xpassfam.accounts.models import Account, Team

STAFF_ROLES = [choice for choice in Account.Role.choices if choice[0] != Account.Role.FAMILY]


class StaffForm(forms.ModelForm):
    email = EmailField(
        label=_("Adresse e-mail"), max_length=254, error_messages={"unique": _("Cette adresse a déjà un compte.")}
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=STAFF_ROLES)

    class Meta:
        model = Account
        fields = ["email", "first_name", "last_name", "role", "job_title", "teams", "may_pay", "may_open_archives"]
        widgets = {"teams": forms.CheckboxSelectMultiple}


class RoleFilter(admin.SimpleListFilter):
    """The roles that stand in this list: families have no place in it."""

    title = _("rôle")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return list(STAFF_ROLES)

    def queryset(self, request: HttpRequest, accounts: QuerySet[Account]) -> QuerySet[Account]:
        return accounts.filter(role=self.value()) if self.value() else accounts


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin[Team]):
    list_display = ["name"]


@admin.register(Account)
class StaffAdmin(admin.ModelAdmin[Account]):
    """A new account has no password: its owner chooses one by the link sent on saving."""

    form = StaffForm
    list_display = ["email", "first_name", "last_name", "role", "blocked_at"]
    list_filter = [RoleFilter, "teams"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["email", "first_name", "last_name"]
    actions = ["block", "unblock", "remove_second_step"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        return super().get_queryset(request).exclude(role=Account.Role.FAMILY)

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> list[str]:
        """Nobody takes their own role away: the portal would be left without an administrator."""
        return ["role"] if obj == _who(request) else []

    def has_delete_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Account, form: forms.ModelForm[Account], change: bool) -> None:
        by, now = _who(request), timezone.now()
        with transaction.atomic():
            if change:
                staff.change(obj, by=by.actor, at=now)
            else:
                staff.create(obj, by=by.actor, at=now)
        if not change:
            passwords.ask(obj.email, at=now)

    def response_add(self, request: HttpRequest, obj: Account, post_url_continue: str | None = None) -> HttpResponse:
        sent = _("Un e-mail part à %(email)s : il sert à choisir le mot de passe.") % {"email": obj.email}
        self.message_user(request, sent)
        return super().response_add(request, obj, post_url_continue)

    @admin.action(description=_("Bloquer l’accès : toutes les sessions se ferment"))
    def block(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        for account in accounts.exclude(pk=_who(request).pk):
            staff.block(account, by=_who(request).actor, at=timezone.now())
            self.message_user(request, _("%(name)s n’a plus accès.") % {"name": account})
        if accounts.filter(pk=_who(request).pk).exists():
            own = _("Votre accès reste ouvert : un autre administrateur peut le bloquer.")
            self.message_user(request, own, messages.WARNING)

    @admin.action(description=_("Rouvrir l’accès"))
    def unblock(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        for account in accounts:
            staff.unblock(account, by=_who(request).actor, at=timezone.now())
            self.message_user(request, _("%(name)s a de nouveau accès.") % {"name": account})

    @admin.action(description=_("Retirer la deuxième étape : son téléphone ou sa clé est perdu"))
    def remove_second_step(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        for account in accounts.exclude(pk=_who(request).pk):
            staff.remove_second_step(account, by=_who(request), at=timezone.now())
            said = _("%(name)s en activera une autre à sa prochaine connexion. Tous les administrateurs le savent.")
            self.message_user(request, said % {"name": account})
        if accounts.filter(pk=_who(request).pk).exists():
            own = _("Votre deuxième étape reste : un autre administrateur peut la retirer.")
            self.message_user(request, own, messages.WARNING)


def _who(request: HttpRequest) -> Account:
    user: Any = request.user
    return user

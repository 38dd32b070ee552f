"""`/admin/`: what families see and change, and how long « Tout est exact » holds, on one page."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.household import policy
from xpassfam.household.actions import configuring
from xpassfam.household.forms.policy import PolicyForm
from xpassfam.household.models import FieldPolicy


@admin.register(FieldPolicy)
class FieldPolicyAdmin(admin.ModelAdmin[FieldPolicy]):
    """Rows are not for reading one by one: the list of them is the table to fill in."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: FieldPolicy | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A row alone would pass by the bounds of the table."""
        return HttpResponseRedirect(reverse("admin:household_fieldpolicy_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        form = PolicyForm(request.POST if request.method == "POST" else None, policy=policy.read())
        if form.is_valid():
            actor = cast(Account, request.user).actor
            configuring.configure(form.rules(), months=form.chosen_months(), by=actor, at=timezone.now())
            self.message_user(request, _("C’est enregistré. Chaque page le montre d’ici dix secondes."))
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Ce que les familles voient et changent"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/household/fieldpolicy/change_list.html", context)

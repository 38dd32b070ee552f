"""`/admin/`: what an organisation changes of a procedure every week, without a new version."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.procedures import actions
from xpassfam.procedures.models import Procedure


@admin.register(Procedure)
class ProcedureAdmin(admin.ModelAdmin[Procedure]):
    """What is left empty is as the definition says. Definitions come by `/gestion/demarches/`."""

    fields = ("code", "is_open", "title", "purpose", "notice", "delay_count", "position")
    readonly_fields = ("code",)
    list_display = ("code", "shown_title", "is_open", "delay_count", "position")
    list_filter = ("is_open",)

    @admin.display(description="titre")
    def shown_title(self, procedure: Procedure) -> str:
        return procedure.definition.title

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Procedure | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return Procedure.objects.published()

    def save_model(self, request: HttpRequest, obj: Procedure, form: Any, change: bool) -> None:
        actor = cast(Account, request.user).actor
        actions.configure(obj, changed=list(form.changed_data), by=actor, at=timezone.now())

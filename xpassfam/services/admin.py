"""`/admin/`: what is offered to families, tried before it is published."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.organisation.admin import DAYS
from xpassfam.services import actions
from xpassfam.services.catalogue import Entry, closed_because
from xpassfam.services.forms import Received, UsefulFileForm
from xpassfam.services.models import Category, Service, UsefulFile, UsefulNumber
from xpassfam.vault.words import sort

DATES: Any = (_("Quand"), {"fields": (("opens_on", "closes_on"),)})


class WrittenAdmin(admin.ModelAdmin[Any]):
    """Each writing goes through the room's actions, and is in the history."""

    formfield_overrides: ClassVar = {
        **DAYS,
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 5})},
    }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actions.save(obj, by=cast(Account, request.user).actor, at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.remove(obj, by=cast(Account, request.user).actor, at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for one in queryset:
            self.delete_model(request, one)


@admin.register(Category)
class CategoryAdmin(WrittenAdmin):
    list_display = ("title", "position")


@admin.register(Service)
class ServiceAdmin(WrittenAdmin):
    list_display = ("title", "category", "is_published", "opens_on", "closes_on", "right", "position")
    list_filter = ("is_published", "category")
    search_fields = ("title", "keywords", "partner_name")
    prepopulated_fields: ClassVar = {"slug": ("title",)}
    readonly_fields = ("preview",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "category", "position", ("is_published", "preview"))}),
        (
            _("Ce que lit la famille"),
            {
                "description": _("Des phrases courtes, « vous », et ce qu’il faut faire."),
                "fields": ("summary", "for_whom", "text", "how", "keywords"),
            },
        ),
        DATES,
        (
            _("Comment l’obtenir"),
            {
                "description": _(
                    "Une démarche du portail, un partenaire, un numéro : ce qui est vide ne se montre pas."
                ),
                "fields": ("right", "procedure", ("partner_name", "partner_url"), "phone"),
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/apercu/", view, name="services_service_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page of a service as a family will read it, published or not."""
        service = get_object_or_404(Service.objects.select_related("category"), pk=pk)
        entry = Entry(service, closed_because(service, on=timezone.localdate()), ())
        return render(request, "services/preview.html", {"entry": entry, "service": service})

    @admin.display(description=_("aperçu"))
    def preview(self, service: Service) -> str:
        if not service.pk:
            return str(_("Enregistrez d’abord, sans publier."))
        url = reverse("admin:services_service_preview", args=[service.pk])
        return format_html('<a href="{}">{}</a>', url, _("Voir sa page comme une famille"))


@admin.register(UsefulFile)
class UsefulFileAdmin(WrittenAdmin):
    form = UsefulFileForm
    list_display = ("label", "category", "is_published", "closes_on", "what", "position")
    list_filter = ("is_published",)
    readonly_fields = ("what",)
    fieldsets = (
        (None, {"fields": ("label", "note", "upload", "what", "category", "position", "is_published")}),
        DATES,
    )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A file is judged in seconds: before Django opens the transaction in which it writes."""
        if request.method == "POST":
            request.received = Received(request.FILES.get("upload"), at=timezone.now())  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: UsefulFile | None = None, change: bool = False, **more: Any) -> Any:
        made: Any = super().get_form(request, obj, change, **more)
        made.received = getattr(request, "received", None)
        return made

    def save_model(self, request: HttpRequest, obj: UsefulFile, form: Any, change: bool) -> None:
        received = form.received.file if form.received else None
        actions.publish_file(obj, file=received, by=cast(Account, request.user).actor, at=timezone.now())

    @admin.display(description=_("fichier"))
    def what(self, useful: UsefulFile) -> str:
        if not useful.file_id:
            return "–"
        if useful.file.is_infected:
            return str(_("Il contenait un virus et a été détruit. Donnez-en un autre."))
        told = sort(useful.file)
        return told if useful.file.is_ready else f"{told}. {_('L’antivirus le vérifie : il se montrera ensuite.')}"


@admin.register(UsefulNumber)
class UsefulNumberAdmin(WrittenAdmin):
    list_display = ("label", "phone", "hours", "is_published", "position")

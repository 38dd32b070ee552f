"""`/admin/`: the articles of the help centre with what people will read, and what is told of failures."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.help import actions, shelf
from xpassfam.help.forms import ArticleForm
from xpassfam.help.markdown import html
from xpassfam.help.models import ArticleVersion, Incident
from xpassfam.help.situations import SITUATIONS
from xpassfam.journal.actions import Actor

NEW = _(
    """---
title: Un titre en quelques mots
situation: portal
summary: Une phrase qui dit ce que l’on trouvera.
keywords: [mots, que, les, gens, tapent]
---
Des phrases courtes, « vous », et ce qu’il faut faire.

1. Une première étape.
2. Une seconde, avec [un lien](/aide/).
"""
)


def _actor(request: HttpRequest) -> Actor:
    """Accounts stand above this room: whoever configures is one, and says who they are."""
    return cast(Actor, request.user.actor)  # type: ignore[union-attr]


@admin.register(ArticleVersion)
class ArticleVersionAdmin(admin.ModelAdmin[ArticleVersion]):
    """The list is of articles, not of rows: what nobody changed is there to be read as well."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ArticleVersion | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        text, new = (self.admin_site.admin_view(view) for view in (self.text_view, self.new_view))
        return [
            path("nouveau/", new, name="help_articleversion_new"),
            path("<slug:slug>/texte/", text, name="help_articleversion_text"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A row alone would pass by what is checked of its text."""
        return HttpResponseRedirect(reverse("admin:help_articleversion_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        shelf.forget()  # another process may have written
        shown = shelf.in_order(shelf.articles())
        shelves = [(label, [one for one in shown if one.situation == code]) for code, label in SITUATIONS.items()]
        context = {**self._context(request, _("Articles d’aide")), "shelves": [one for one in shelves if one[1]]}
        return TemplateResponse(request, "admin/help/articleversion/change_list.html", context)

    def new_view(self, request: HttpRequest) -> HttpResponse:
        form = ArticleForm(request.POST if request.method == "POST" else None, initial={"source": NEW})
        if "save" in request.POST and form.is_valid():
            slug = form.cleaned_data["slug"]
            return self._publish(request, form.cleaned_data["source"], slug=slug)
        return self._page(request, form, title=_("Nouvel article d’aide"))

    def text_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        shelf.forget()
        shown = shelf.articles().get(slug)
        versions = ArticleVersion.objects.filter(slug=slug).order_by("-number")
        own = versions.filter(is_current=True).first()
        if shown is None and not versions:
            raise Http404
        if "restore" in request.POST:
            actions.restore(slug, by=_actor(request), at=timezone.now())
            self.message_user(request, _("Le texte d’origine est revenu."))
            return HttpResponseRedirect(reverse("admin:help_articleversion_changelist"))
        source = own.source if own else shelf.source(slug) or versions[0].source
        form = ArticleForm(request.POST if request.method == "POST" else None, slug=slug, initial={"source": source})
        if "save" in request.POST and form.is_valid():
            return self._publish(request, form.cleaned_data["source"], slug=slug)
        return self._page(
            request,
            form,
            title=shown.title if shown else slug,
            slug=slug,
            own=own,
            is_shipped=bool(shelf.source(slug)),
            versions=versions.defer("source"),
            shown=shown,
        )

    def _publish(self, request: HttpRequest, source: str, *, slug: str) -> HttpResponse:
        actions.publish(source, slug=slug, by=_actor(request), at=timezone.now())
        self.message_user(request, _("C’est publié : l’aide le dit ainsi dès maintenant."))
        return HttpResponseRedirect(reverse("admin:help_articleversion_text", args=[slug]))

    def _page(self, request: HttpRequest, form: ArticleForm, *, title: Any, **more: Any) -> HttpResponse:
        written = form.article if form.is_bound and form.is_valid() else None if form.is_bound else more.get("shown")
        preview = written and {
            "article": written,
            "text": html(written.text),
            "en": written.en and html(written.en.text),
        }
        context = {**self._context(request, title), "form": form, "preview": preview, **more}
        return TemplateResponse(request, "admin/help/articleversion/text.html", context)

    def _context(self, request: HttpRequest, title: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


@admin.register(Incident)
class IncidentAdmin(admin.ModelAdmin[Incident]):
    list_display = ("title", "part", "started_at", "ended_at")
    ordering = ("-started_at",)
    formfield_overrides: ClassVar = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 5})},
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
    }

    def save_model(self, request: HttpRequest, obj: Incident, form: Any, change: bool) -> None:
        actions.announce(obj, by=_actor(request), at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Incident) -> None:
        actions.take_back(obj, by=_actor(request), at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> None:
        for one in queryset:
            self.delete_model(request, one)

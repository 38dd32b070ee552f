"""`/admin/`: the words of each certificate beside the paper they make, and who signs."""

from dataclasses import asdict
from typing import Any, cast

from django.contrib import admin
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.certificates import printing, samples, wordings
from xpassfam.certificates.actions import wording
from xpassfam.certificates.forms import HIGHEST_MM, WIDEST_MM, SignatureForm, WordingForm
from xpassfam.certificates.kinds import GAPS, Kind, Words, issued, kinds
from xpassfam.certificates.models import Signature, Wording
from xpassfam.certificates.models.wording import ONLY_ID
from xpassfam.organisation.logos import Logo


@admin.register(Wording)
class WordingAdmin(admin.ModelAdmin[Wording]):
    """The list is of kinds, not of rows: what nobody changed is there to be read as well."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Wording | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        words, picture = (self.admin_site.admin_view(view) for view in (self.words_view, self.picture_view))
        return [
            path("<slug:code>/texte/", words, name="certificates_wording_words"),
            path("<slug:code>/apercu.png", picture, name="certificates_wording_picture"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A row alone would pass by what is checked of its words."""
        return HttpResponseRedirect(reverse("admin:certificates_wording_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        rows = {row.kind: row for row in Wording.objects.all()}
        listed = [(kind, rows.get(kind.code)) for kind in issued()]
        context = {**self._context(request, _("Textes des attestations")), "listed": listed}
        return TemplateResponse(request, "admin/certificates/wording/change_list.html", context)

    def words_view(self, request: HttpRequest, code: str) -> HttpResponse:
        kind, actor, now = self._kind(code), cast(Account, request.user).actor, timezone.now()
        if "restore" in request.POST:
            wording.restore_words(kind, by=actor, at=now)
            self.message_user(request, _("Le texte d’origine est revenu."))
            return HttpResponseRedirect(request.path)
        initial = asdict(wordings.words_of(kind))
        form = WordingForm(request.POST if request.method == "POST" else None, kind=kind, initial=initial)
        if "save" in request.POST and form.is_valid():
            wording.write_words(kind, form.cleaned_data, by=actor, at=now)
            self.message_user(request, _("C’est enregistré. Les prochaines attestations le diront ainsi."))
            return HttpResponseRedirect(request.path)
        shown = form.cleaned_data if form.is_bound and form.is_valid() else initial
        query = QueryDict(mutable=True)
        query.update({name: shown[name] for name in wordings.FIELDS if shown.get(name)})
        context = {
            **self._context(request, kind.label),
            "form": form,
            "row": Wording.objects.filter(kind=kind.code).first(),
            "gaps": [f"{{{name}}}" for name in GAPS],
            "picture": f"{reverse('admin:certificates_wording_picture', args=[kind.code])}?{query.urlencode()}",
        }
        return TemplateResponse(request, "admin/certificates/wording/words.html", context)

    def picture_view(self, request: HttpRequest, code: str) -> HttpResponse:
        """The paper, with the words that the address carries: those of the form, saved or not."""
        kind = self._kind(code)
        form = WordingForm(request.GET, kind=kind)
        if not form.is_valid():
            raise Http404
        words = Words(**{"introduction_own": "", **form.cleaned_data})
        made = printing.picture(samples.of_kind(kind, words, on=timezone.localdate()))
        return HttpResponse(made, content_type="image/png")

    def _context(self, request: HttpRequest, title: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    def _kind(self, code: str) -> Kind:
        kind = kinds().get(code)
        if kind is None or not kind.is_issued:
            raise Http404
        return kind


@admin.register(Signature)
class SignatureAdmin(admin.ModelAdmin[Signature]):
    """There is one."""

    form = SignatureForm
    fields = ("name", "function", "place", "picture_file", "without_picture")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Signature | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:certificates_signature_change", args=[ONLY_ID]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"title": _("Signataire des attestations"), "subtitle": None, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Signature | None:
        """Before the first time, nobody signs."""
        return (Signature.objects.first() or Signature()) if object_id == str(ONLY_ID) else None

    def save_model(self, request: HttpRequest, obj: Signature, form: ModelForm[Signature], change: bool) -> None:
        picture: Logo | None = form.cleaned_data.get("picture_file")
        if picture:
            obj.picture = picture.png
            obj.picture_width = min(WIDEST_MM, HIGHEST_MM * picture.width / picture.height)
        elif form.cleaned_data["without_picture"]:
            obj.picture, obj.picture_width = None, 0
        wording.sign(obj, by=cast(Account, request.user).actor, at=timezone.now())

    def response_change(self, request: HttpRequest, obj: Signature) -> HttpResponse:
        self.message_user(request, _("C’est enregistré. Les prochaines attestations le diront ainsi."))
        return HttpResponseRedirect(request.path)

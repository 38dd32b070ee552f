"""`/admin/`: the messages agents start from, and the words of the mails about requests with what families will read."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.filings.actions import wording
from xpassfam.filings.forms.mail_text import MailTextForm
from xpassfam.filings.mails import composing
from xpassfam.filings.mails.events import EVENTS, MailEvent, offered
from xpassfam.filings.models import MailText, MessageTemplate
from xpassfam.organisation.models import current
from xpassfam.outbox.mail import compose
from xpassfam.outbox.models import Message
from xpassfam.procedures.models import Procedure

NOBODY = "camille@example.org"


@admin.register(MailText)
class MailTextAdmin(admin.ModelAdmin[MailText]):
    """The list is of mails, not of rows: what nobody changed is there to be read as well."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MailText | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.mail_view)
        return [path("<slug:code>/texte/", view, name="filings_mailtext_words"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A row alone would pass by what is checked of its words."""
        return HttpResponseRedirect(reverse("admin:filings_mailtext_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        rows = MailText.objects.select_related("procedure__current").order_by("procedure__code")
        mails = []
        for event in offered(current().legal_profile):
            own = [row for row in rows if row.event == event.code]
            subject = next((row.subject for row in own if row.procedure is None), event.subject)
            mails.append((event, subject, own))
        context = {**self._context(request, _("E-mails des demandes")), "mails": mails}
        return TemplateResponse(request, "admin/filings/mailtext/change_list.html", context)

    def mail_view(self, request: HttpRequest, code: str) -> HttpResponse:
        event, procedure = self._event(code), self._procedure(request)
        row = MailText.objects.filter(event=code, procedure=procedure).first()
        shown = composing.text_for(code, procedure_id=procedure.pk if procedure else None)
        initial = {"subject": shown.subject, "body": shown.body} if shown else self._ours(event)
        form = MailTextForm(request.POST if request.method == "POST" else None, event=event, initial=initial)
        actor, now = cast(Account, request.user).actor, timezone.now()
        if request.method == "POST" and "restore" in request.POST:
            wording.restore_mail(event, procedure=procedure, by=actor, at=now)
            self.message_user(request, _("Le texte d’origine est revenu."))
            return HttpResponseRedirect(request.get_full_path())
        if "save" in request.POST and form.is_valid():
            wording.write_mail(event, procedure=procedure, **form.cleaned_data, by=actor, at=now)
            self.message_user(request, _("C’est enregistré. Les prochains e-mails le diront ainsi."))
            return HttpResponseRedirect(request.get_full_path())
        words = form.cleaned_data if form.is_bound and form.is_valid() else initial
        context = {
            **self._context(request, event.label),
            "event": event,
            "gaps": [f"{{{name}}}" for name in event.gaps],
            "form": form,
            "row": row,
            "procedure": procedure,
            "procedures": Procedure.objects.published(),
            "preview": self._preview(event, words),
        }
        return TemplateResponse(request, "admin/filings/mailtext/words.html", context)

    def _context(self, request: HttpRequest, title: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    def _event(self, code: str) -> MailEvent:
        event = EVENTS.get(code)
        if event is None or event not in offered(current().legal_profile):
            raise Http404
        return event

    def _procedure(self, request: HttpRequest) -> Procedure | None:
        code = request.GET.get("demarche", "")
        if not code:
            return None
        if not slug_re.match(code):
            raise Http404
        return get_object_or_404(Procedure.objects.published(), code=code)

    def _ours(self, event: MailEvent) -> dict[str, str]:
        """In the language of the mails, whatever the page's."""
        with translation.override(settings.LANGUAGE_CODE):
            return {"subject": str(event.subject), "body": str(event.body)}

    def _preview(self, event: MailEvent, typed: dict[str, str]) -> Any:
        with translation.override(settings.LANGUAGE_CODE):
            context = composing.preview(event, typed["subject"], typed["body"])
        return compose(Message(template=f"{composing.FOLDER}{event.code}", to=NOBODY, context=context))


@admin.register(MessageTemplate)
class MessageTemplateAdmin(admin.ModelAdmin[MessageTemplate]):
    list_display = ("title", "position")
    fields = ("title", "text", "position")

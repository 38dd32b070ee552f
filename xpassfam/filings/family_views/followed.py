"""The page of a filing that was sent, whichever view shows it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.documents.uploads import Uploads
from xpassfam.filings.actions import following
from xpassfam.filings.actions.keeping import Unsent
from xpassfam.filings.family import late, one
from xpassfam.filings.family.doors import form_key, refused
from xpassfam.filings.family.late import Left
from xpassfam.filings.forms.following import MessageForm
from xpassfam.filings.holding import may_act
from xpassfam.filings.models import Filing
from xpassfam.people.access import FamilyRequest
from xpassfam.rules.identifiers import new_public_id
from xpassfam.ui.forms import blank


def page(request: FamilyRequest, filing: Filing, form: MessageForm | None, *, left: Left | None = None) -> HttpResponse:
    """`left`: what came too late, offered as a message."""
    context = one.page_of(filing, request.access)
    if form is None:
        form = _blank(request, left)
        # Shown once as news, then read.
        if one.has_news(context, request.access):
            following.read(filing, access=request.access, at=timezone.now())
    context |= {"form": form, "left": left, "key": new_public_id() if request.method == "GET" else form_key(request)}
    return render(request, "filings/family/filing.html", context)


def too_late(request: FamilyRequest, filing: Filing, unsent: Unsent, *, unread: Sequence[str] = ()) -> HttpResponse:
    """A page was sent for a filing that takes nothing any more: they are told, and nothing that they typed is lost."""
    if not may_act(filing, request.access):
        return refused(request)
    left = late.left(filing, unsent, request.access, unread=unread)
    if left is None:
        messages.info(request, _("C’était déjà envoyé : vous n’avez rien de plus à faire ici."))
        return redirect("filings:filing", filing.public_id)
    return page(request, filing, None, left=left)


def _blank(request: FamilyRequest, left: Left | None) -> MessageForm:
    if left is None:
        return blank(MessageForm, request, uploads=Uploads.read(request, "files", at=timezone.now()))
    return MessageForm(initial={"text": left.text}, uploads=Uploads("files", kept=list(left.files)))

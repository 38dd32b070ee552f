"""The last look at a draft, and its sending: sent twice, it is sent once."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices, returning
from xpassfam.accounts.decorators import family
from xpassfam.filings import parting
from xpassfam.filings.actions import sending as actions
from xpassfam.filings.actions.drafting import NotContestable
from xpassfam.filings.correcting import NotCorrectable
from xpassfam.filings.delays import usual_delay
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.family import checking
from xpassfam.filings.family.doors import (
    NOT_CONTESTABLE,
    NOT_CORRECTABLE,
    filing_of,
    must_prove,
    on_draft,
    on_sent,
    refused,
)
from xpassfam.filings.family.story import story_of
from xpassfam.filings.forms.following import SendForm
from xpassfam.filings.holding import NotAllowed
from xpassfam.filings.models import Filing
from xpassfam.people.access import FamilyRequest
from xpassfam.ui import words


@on_draft
def check(request: FamilyRequest, draft: Filing) -> HttpResponse:
    return _page(request, draft, SendForm())


@require_POST
@family
def send(request: FamilyRequest, public_id: str) -> HttpResponse:
    draft = filing_of(request, public_id)
    if not request.access.may("requests"):
        return refused(request)
    form = SendForm(request.POST)
    if draft.is_draft and not form.is_valid():
        return _page(request, draft, form)
    if draft.is_draft and checking.is_contested_already(draft, request.access):
        messages.warning(request, _("Cette décision est déjà contestée dans votre foyer. Rien n’a été envoyé."))
        return redirect("filings:check", public_id)
    if draft.is_draft and must_prove(request, draft):
        return returning.ask_again_who(request)
    try:
        actions.send(draft, access=request.access, by=devices.actor(request), at=timezone.now())
    except actions.Incomplete as refusal:
        return _page(request, draft, form, refused=refusal.problems)
    except actions.TooMany as refusal:
        words_of = _(
            "Votre foyer a envoyé beaucoup de demandes aujourd’hui. Réessayez {moment} : ce brouillon est gardé."
        )
        messages.warning(request, words_of.format(moment=words.soon(refusal.until)), extra_tags="focus")
        return redirect("filings:check", public_id)
    except NotContestable:
        messages.warning(request, NOT_CONTESTABLE)
        return redirect("filings:check", public_id)
    except NotCorrectable:
        messages.warning(request, NOT_CORRECTABLE, extra_tags="focus")
        return redirect("filings:check", public_id)
    except CannotTakeEffect as refusal:
        messages.error(request, str(refusal), extra_tags="focus")
        return redirect("filings:check", public_id)
    except NotAllowed:
        return refused(request)
    return redirect("filings:sent", public_id)


@on_sent
def sent(request: FamilyRequest, filing: Filing) -> HttpResponse:
    """A page that lasts: the reference, what follows, the acknowledgement."""
    story = story_of(filing, on=request.access.on, usual=usual_delay(filing))
    context = {"filing": filing, "story": story, "is_parting": parting.is_waiting(filing)}
    return render(request, "filings/family/sent.html", context)


def _page(
    request: FamilyRequest, draft: Filing, form: SendForm, *, refused: Mapping[str, list[str]] | None = None
) -> HttpResponse:
    """`refused`: what kept it from being sent, which only sending finds."""
    context: dict[str, Any] = checking.look_at(draft, request.access, refused=refused or {})
    return render(request, "filings/family/check.html", {**context, "form": form, "is_refused": bool(refused)})

"""The page to decide."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from xpassfam.accounts.decorators import agent, asked_by_page
from xpassfam.documents.attaching import attachment
from xpassfam.filings.actions import examining
from xpassfam.filings.actions.examining import note_taken
from xpassfam.filings.agent_views.common import agent_of, sent
from xpassfam.filings.agents import dossier
from xpassfam.filings.family import one
from xpassfam.filings.forms.examining import MessageForm, NoteForm, PieceForm
from xpassfam.filings.models import Filing, MessageTemplate, Piece
from xpassfam.ui.forms import blank


@agent
@require_GET
def filing(request: HttpRequest, public_id: str) -> HttpResponse:
    found = sent(public_id)
    return page(request, found)


@agent
@require_safe
def file(request: HttpRequest, public_id: str, message: str, number: int) -> HttpResponseBase:
    """A file of a message, as an attachment."""
    filing = sent(public_id)
    said = get_object_or_404(filing.messages.prefetch_related("files"), public_id=message)
    found = next((each for each in one.files_of(said) if each.number == number), None)
    if found is None:
        raise Http404
    note_taken(filing, by=agent_of(request), at=timezone.now())
    return attachment(request, found.file, name=found.name)


@asked_by_page
@agent
@require_POST
def presence(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the page says by itself, as long as it is seen."""
    found, by, now = sent(public_id), agent_of(request), timezone.now()
    examining.stay(found, by=by, at=now)
    return JsonResponse({"others": dossier.others_in_words(found, by=by, at=now)})


def page(
    request: HttpRequest, found: Filing, *, piece: Piece | None = None, status: int = 200, **forms: object
) -> HttpResponse:
    """Reading is in the family's history, and the other agents see who reads. `forms`: one to be mended."""
    by, now = agent_of(request), timezone.now()
    examining.open_for_reading(found, by=by, at=now)
    context = dict(dossier.dossier(found, by=by, at=now))
    context |= {
        "templates": list(MessageTemplate.objects.all()),
        "message_form": blank(MessageForm, request, prefix="message"),
        "note_form": blank(NoteForm, request, prefix="note"),
        **forms,
    }
    shown = _chosen(str(piece.pk) if piece else request.GET.get("piece"), context["pieces"])
    context["piece"] = shown
    context["chosen_is_accepted"] = shown is not None and shown.document.is_accepted_on(timezone.localdate(now))
    if shown and "piece_form" not in forms:
        context["piece_form"] = PieceForm(initial=_judged(shown), prefix="piece")
    return render(request, "filings/agents/filing.html", context, status=status)


def _chosen(key: str | None, pieces: list[Piece]) -> Piece | None:
    """The one that is named, else the first that nobody looked at."""
    named = next((piece for piece in pieces if str(piece.pk) == key), None)
    waiting = next((piece for piece in pieces if piece.verdict == Piece.Verdict.PENDING), None)
    return named or waiting or (pieces[0] if pieces else None)


def _judged(piece: Piece) -> dict[str, str]:
    """A verdict already given is shown; none is chosen for whoever gives it first."""
    is_new = piece.verdict == Piece.Verdict.PENDING
    verdict, explanation = ("", "") if is_new else (piece.verdict, piece.explanation)
    return {"verdict": verdict, "explanation": explanation, "seen": piece.as_judged}

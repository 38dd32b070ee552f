"""The catalogue, and the page of each procedure: what it is for, what to prepare, how long it takes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import family
from xpassfam.people.access import FamilyRequest
from xpassfam.procedures import catalogue as shelves_of
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.language import Decision
from xpassfam.procedures.wording import delay_in_words, pieces_in_words, silence_in_words

LONGEST_SEARCH = 100


@family
@require_safe
def catalogue(request: FamilyRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    event = shelves_of.happening(request.GET.get("evenement", ""))
    if request.GET.get("evenement") and event is None:
        raise Http404
    found = shelves_of.entries(facts_of(request.access), text=text, event=event.code if event else "")
    is_narrowed = bool(text or event)
    context = {
        "text": text,
        "event": event,
        "happenings": shelves_of.happenings(),
        "found": found,
        "shelves": [] if is_narrowed else shelves_of.shelves(found),
        "is_narrowed": is_narrowed,
    }
    return render(request, "procedures/family/catalogue.html", context)


@family
@require_safe
def procedure(request: FamilyRequest, slug: str) -> HttpResponse:
    facts = facts_of(request.access)
    entry = shelves_of.entry(slug, facts)
    if entry is None:
        raise Http404
    definition = entry.definition
    context = {
        "entry": entry,
        "definition": definition,
        "pieces": pieces_in_words(definition),
        "delay": delay_in_words(definition.delay) if definition.delay else "",
        "is_at_once": definition.decision is Decision.AT_ONCE,
        "silence": silence_in_words(definition, facts.profile),
    }
    return render(request, "procedures/family/procedure.html", context)

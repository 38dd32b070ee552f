"""The catalogue of services, the page of each, the files that every family may take."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import family
from xpassfam.documents.attaching import attachment
from xpassfam.people.access import FamilyRequest
from xpassfam.services import catalogue as shelves_of
from xpassfam.services import useful

LONGEST_SEARCH = 100


@family
@require_safe
def catalogue(request: FamilyRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    found = shelves_of.entries(request.access, text=text)
    context = {
        "text": text,
        "found": found,
        "shelves": [] if text else shelves_of.shelves(found),
        "files": useful.files(request.access.on),
        "numbers": useful.numbers(),
    }
    return render(request, "services/family/catalogue.html", context)


@family
@require_safe
def service(request: FamilyRequest, slug: str) -> HttpResponse:
    entry = shelves_of.entry(slug, request.access)
    if entry is None:
        raise Http404
    return render(request, "services/family/service.html", {"entry": entry, "service": entry.service})


@family
@require_safe
def file(request: FamilyRequest, public_id: str) -> HttpResponseBase:
    found = useful.named(public_id, on=request.access.on)
    if found is None:
        raise Http404
    return attachment(request, found.file, name=f"{found.label}.pdf".replace("/", "-"))

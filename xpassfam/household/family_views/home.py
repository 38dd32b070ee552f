"""What a family reads about its home."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from xpassfam.accounts.decorators import family
from xpassfam.household import picture, portraits, readers, sentences
from xpassfam.household.models import Change
from xpassfam.household.standing import Subject, standing_of
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Household
from xpassfam.rules.field_policy import Whose


@family
def home(request: FamilyRequest) -> HttpResponse:
    access = request.access
    household = get_object_or_404(Household.objects.visible_to(access))
    standing = standing_of(access)
    residents = portraits.residents(access, standing.stays)
    changes = Change.objects.visible_to(access).pending().select_related("asked_by")
    lines = standing.lines(Subject(Whose.HOME, household), changes)
    shared = [resident for resident in residents if resident.is_shared]
    is_of_couple = portraits.is_of_couple(access, residents)
    context = {
        "household": household,
        "title": sentences.title(access),
        "lede": sentences.lede(residents, town=household.town if lines else ""),
        "lines": lines,
        "address_hidden": sentences.why_no_address(access),
        "residents": residents,
        "readers": readers.readers(access),
        "other_home": sentences.other_home(shared),
        "homes": picture.homes(residents, shared),
        "may_grant": access.may("grant"),
        "may_separate": is_of_couple and not access.is_frozen,
        "is_of_frozen_couple": is_of_couple and access.is_frozen,
    }
    return render(request, "household/family/home.html", context)


@family
@require_POST
def choose(request: FamilyRequest) -> HttpResponse:
    """Act for another of one's households."""
    wanted = request.POST.get("household", "")
    if wanted not in {access.household for access in request.accesses}:
        raise Http404
    request.session["household"] = wanted
    return redirect("dashboard:home")

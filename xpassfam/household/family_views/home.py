"""What a family reads about itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from xpassfam.accounts.decorators import family
from xpassfam.household import picture, portraits, readers, sentences
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Household, Person
from xpassfam.rules.phones import readable_phone


@family
def home(request: FamilyRequest) -> HttpResponse:
    access = request.access
    household = get_object_or_404(Household.objects.visible_to(access))
    residents = portraits.residents(access)
    shared = [resident for resident in residents if resident.is_shared]
    context = {
        "household": household,
        "title": sentences.title(access),
        "lede": sentences.lede(access, household, residents),
        "address": sentences.address_shown(access, household),
        "residents": residents,
        "readers": readers.readers(access),
        "other_home": sentences.other_home(shared),
        "homes": picture.homes(residents, shared),
        "may_grant": access.may("grant"),
        "may_separate": portraits.is_of_couple(access, residents) and not access.is_frozen,
        "is_of_frozen_couple": portraits.is_of_couple(access, residents) and access.is_frozen,
    }
    return render(request, "household/family/home.html", context)


@family
def profile(request: FamilyRequest) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.access), pk=request.access.person_id)
    context = {"person": person, "account": request.user, "phone": readable_phone(person.phone) if person.phone else ""}
    return render(request, "household/family/profile.html", context)


@family
@require_POST
def choose(request: FamilyRequest) -> HttpResponse:
    """Act for another of one's households."""
    wanted = request.POST.get("household", "")
    if wanted not in {access.household for access in request.accesses}:
        raise Http404
    request.session["household"] = wanted
    return redirect("dashboard:home")

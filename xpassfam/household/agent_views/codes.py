"""A new activation code for one adult of a file, on paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.actions.activation_letters import Held, Letter, NeedsNone, print_one
from xpassfam.accounts.decorators import agent
from xpassfam.accounts.letters import activation_letters
from xpassfam.household import files
from xpassfam.organisation.models import current
from xpassfam.people.models import Household


@agent
def letter(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    """The page names the consequence; its button makes the letter, which can't be read again."""
    household, now = get_object_or_404(Household, public_id=public_id), timezone.now()
    members = files.members(household, on=timezone.localdate(now))
    member = next((one for one in members if one.person.public_id == person and one.may_have_code), None)
    if member is None:
        raise Http404
    if request.method != "POST":
        return render(request, "household/agents/letter.html", {"household": household, "member": member})

    def typeset(letters: list[Letter]) -> bytes:
        return activation_letters(letters, current(), at=now)

    by = request.user.actor  # type: ignore[union-attr]
    try:
        paper = print_one(member.person, typeset, household=household, by=by, at=now)
    except NeedsNone as error:
        raise Http404 from error
    except Held:
        words = _("Une séparation est déclarée dans son seul foyer : aucune lettre n’y est sûre. Réglez-la d’abord.")
        messages.warning(request, words)
        return redirect("household:file", public_id=public_id)
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="lettre-activation.pdf"'
    return response

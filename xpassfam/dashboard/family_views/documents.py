"""One place for what a family gave and for what it was sent."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import family
from xpassfam.dashboard import papers
from xpassfam.dashboard.circle import Circle
from xpassfam.dashboard.forms import PapersForm
from xpassfam.documents.actions.uploading import may_send
from xpassfam.filings import promise
from xpassfam.filings.family.listing import read_key
from xpassfam.people.access import FamilyRequest

GIVEN, SENT = "donnes", "envoyes"


@family
@require_safe
def documents(request: FamilyRequest) -> HttpResponse:
    access = request.access
    form = PapersForm(request.GET, circle=Circle.of(access), years=papers.years(access))
    wanted, asked = form.wanted(), {name: value for name, value in form.data.items() if value}
    given = papers.given(access, wanted, after=_key(request, GIVEN))
    sent = papers.sent(access, wanted, after=_key(request, SENT))
    context = {
        "form": form,
        "given": given,
        "given_first": f"?{urlencode(asked)}" if GIVEN in request.GET else "",
        "given_older": _older(asked, GIVEN, given),
        "sent": sent,
        "sent_first": f"?{urlencode(asked)}" if SENT in request.GET else "",
        "sent_older": _older(asked, SENT, sent),
        "kept": promise.last_year(on=access.on),
        "may_give": may_send(access),
        "may_read_home": access.may("documents"),
    }
    return render(request, "dashboard/family/documents.html", context)


def _key(request: FamilyRequest, name: str) -> papers.Key | None:
    text = request.GET.get(name, "")
    key = read_key(text) if text else None
    if text and key is None:
        raise Http404
    return key


def _older(asked: dict[str, str], name: str, page: papers.Page | None) -> str:
    return f"?{urlencode(asked | {name: page.older})}#{name}" if page and page.older else ""

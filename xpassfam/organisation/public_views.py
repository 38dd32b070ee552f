"""Pages that anybody may read: who we are, what we keep, how to reach us; and the brand's colours."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from xpassfam.organisation.cookies import cookies as cookies_set
from xpassfam.organisation.models import LogoFile, current, forget, known
from xpassfam.organisation.texts import KEPT, is_bound_by_article_47, legal_basis


@login_not_required
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "organisation/legal.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    organisation = current()
    context = {
        "kept": KEPT,
        "basis": legal_basis(organisation),
        "recipients": organisation.privacy_recipients.splitlines(),
    }
    return render(request, "organisation/privacy.html", context)


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "organisation/cookies.html", {"cookies": list(cookies_set(current()))})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    organisation = current()
    context = {
        "is_bound": is_bound_by_article_47(organisation),
        "gaps": organisation.accessibility_gaps.splitlines(),
        "exemptions": organisation.accessibility_exemptions.splitlines(),
    }
    return render(request, "organisation/accessibility.html", context)


@login_not_required
@require_safe
def brand_sheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The colours. Another process may have linked to a newer sheet than the one we remember: look again, once."""
    made = known().brand_sheet  # without the database: a page served while it is away has its colours too
    if made is None or made.digest != digest:
        made = current().brand_sheet
    if made is None or made.digest != digest:
        forget()
        made = current().brand_sheet
    response = HttpResponse(made.css if made else "", content_type="text/css; charset=utf-8")
    is_asked_one = made is not None and made.digest == digest
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_asked_one else "no-store"
    return response


@login_not_required
@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """Under a name that says its content: kept for ever by browsers, and by what stands before us."""
    file = get_object_or_404(LogoFile, name=name)
    response = HttpResponse(bytes(file.png), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

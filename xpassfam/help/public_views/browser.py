"""Help with signing in, and the check of the visitor's own browser. See docs/decisions/0077-browser-check.md."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from xpassfam.help import actions, finding
from xpassfam.help.checks import judging, report
from xpassfam.help.checks.report import Report
from xpassfam.help.models import BrowserCheck
from xpassfam.help.public_views.reading import for_anybody
from xpassfam.rules.references import normalise_reference

SALT = "help.check"
TRIED = "essai"
GOOD_FOR = 3600


@for_anybody
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "help/public/sign_in.html", {"other_answers": finding.about("sign_in_wrong")})


@for_anybody
@require_safe
def clock(request: HttpRequest) -> HttpResponse:
    """Our time, for a browser that compares its own. What answers in our place does not say `portal`."""
    return JsonResponse({"portal": True, "now": int(timezone.now().timestamp() * 1000)})


@for_anybody
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Give a cookie and look whether it comes back; then the page's script looks at the rest."""
    tried = request.GET.get(TRIED, "")
    if not tried:
        token = secrets.token_hex(8)
        response = HttpResponseRedirect(f"{reverse('help:check')}?{TRIED}={token}")
        response.set_cookie(
            settings.CHECK_COOKIE_NAME,
            token,
            max_age=GOOD_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    came_back = request.COOKIES.get(settings.CHECK_COOKIE_NAME) == tried
    # Signed into the form: the cookie itself may be what the browser refuses.
    return render(request, "help/public/check.html", {"cookies": signing.dumps(came_back, salt=SALT)})


@for_anybody
@csrf_exempt
@require_POST
def result(request: HttpRequest) -> HttpResponse:
    """Without the check against forged forms: it needs the cookies that may be refused, and nothing here is anybody's.

    Shown at once, without a code, where it can't be kept.
    """
    told = report.of_answers(
        {name: str(value) for name, value in request.POST.items()},
        cookies=_came_back(request.POST.get("cookies", "")),
        user_agent=request.headers.get("User-Agent", ""),
    )
    try:
        kept = actions.keep_check(told.as_dict(), at=timezone.now())
    except DatabaseError:
        kept = None
    if kept is None:
        return _page(request, told)
    return redirect("help:check-kept", code=kept.code.lower())


@for_anybody
@require_safe
def kept(request: HttpRequest, code: str) -> HttpResponse:
    """A result, for whoever has its code: it tells of a browser, of nobody."""
    found = normalise_reference(code, prefix=actions.PREFIX)
    if found is None:
        raise Http404
    check = get_object_or_404(BrowserCheck.objects.readable(at=timezone.now()), code=found)
    return _page(request, report.of_dict(check.report), code=check.code)


def _page(request: HttpRequest, told: Report, *, code: str = "") -> HttpResponse:
    verdict = judging.judge(told)
    topic = "cookies" if told.cookies is False else "browser" if verdict.to_mend else "sign_in_wrong"
    context = {
        "verdict": verdict,
        "code": code,
        "text": judging.in_text(verdict, told, code=code),
        "looked_at": len(verdict.findings),
        "other_answers": finding.about(topic),
    }
    return render(request, "help/public/checked.html", context)


def _came_back(signed: str) -> bool | None:
    """None where the page was kept open for too long, or the form is not ours."""
    try:
        told = signing.loads(signed, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return told if isinstance(told, bool) else None

"""The check of a browser that somebody dictates the code of: what it found, and nothing of who held it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from xpassfam.accounts.decorators import staff
from xpassfam.help import for_desk


@staff
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("code", "").replace("\0", "").strip()[:60]
    code = for_desk.code_of(typed)
    if code:
        return redirect("desk:browser-check-of", code=code.lower())
    return render(request, "desk/browser_check.html", {"typed": typed})


@staff
@require_GET
def one(request: HttpRequest, code: str) -> HttpResponse:
    """What is no longer kept is said, with the field to try another code."""
    found = for_desk.check(for_desk.code_of(code) or "", at=timezone.now())
    if found is None:
        return render(request, "desk/browser_check.html", {"typed": code.upper()}, status=404)
    kept, verdict = found
    context = {
        "kept": kept,
        "verdict": verdict,
        "looked_at": len(verdict.findings),
        "browser": for_desk.in_words(kept),
        "is_read_by_staff": True,
    }
    return render(request, "desk/browser_check.html", context)

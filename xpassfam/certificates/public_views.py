"""Whoever was handed a paper verifies it: no account, no session, nothing told but what the paper's row holds."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts.decorators import bears_token
from xpassfam.accounts.devices import client_address
from xpassfam.certificates import verdicts, verifying
from xpassfam.certificates.forms import FileForm, VerifyForm
from xpassfam.pdf import sealing
from xpassfam.rules.certificates import written_code
from xpassfam.vault import turns

NOT_TO_KEEP = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The form is sent by GET: what it leads to can be kept and scanned."""
    form = VerifyForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificates:verify-code", written_code(form.cleaned_data["code"]))
    return _page(request, form)


@login_not_required
@require_safe
@bears_token
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    form, now = VerifyForm({"code": code}), timezone.now()
    if not form.is_valid():
        return _page(request, form, status=404)
    try:
        paper = verifying.look_up(form.cleaned_data["code"], address=client_address(request), at=now)
    except verifying.Paused as pause:
        return _page(request, VerifyForm(initial={"code": code}), status=429, paused_until=pause.until, now=now)
    shown = verdicts.of(paper, written_code(form.cleaned_data["code"]), at=now)
    return _page(request, VerifyForm(), status=200 if paper else 404, verdict=shown)


@csrf_exempt  # nothing is changed, and nothing told of whoever sends it: the page needs no cookie
@login_not_required
@require_POST
def verify_file(request: HttpRequest) -> HttpResponse:
    """The seal of a file, and what is known of its paper. The file is read once, and kept nowhere."""
    now = timezone.now()
    if not sealing.is_possible():
        raise Http404
    try:
        verifying.reserve_a_file(address=client_address(request), at=now)
    except verifying.Paused as pause:
        return _page(request, VerifyForm(), status=429, file_paused_until=pause.until, now=now)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, VerifyForm(), file_form=form)
    given = form.cleaned_data["file"]
    try:
        seal, paper = verifying.judge_file(given.chunks(), size=given.size)
    except turns.Busy:
        return _page(request, VerifyForm(), status=503, is_busy=True)
    verdict = verdicts.of(paper, written_code(paper.code), at=now) if paper else None
    return _page(request, VerifyForm(), of_file=verdicts.of_file(seal, paper), verdict=verdict)


def _page(request: HttpRequest, form: VerifyForm, *, status: int = 200, **shown: Any) -> HttpResponse:
    file_form = FileForm() if sealing.is_possible() else None
    context = {"form": form, "file_form": file_form, "answers": verdicts.answers(), **shown}
    response = render(request, "certificates/public/verify.html", context, status=status)
    for name, value in NOT_TO_KEEP.items():
        response.headers[name] = value
    return response

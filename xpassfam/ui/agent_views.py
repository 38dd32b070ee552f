from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from xpassfam.ui import living as pieces


def living(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states, light and dark side by side."""
    if not request.user.is_staff:
        raise Http404
    return render(request, "ui/living.html", pieces.context())

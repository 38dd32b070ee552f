"""The agents' first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xpassfam.accounts.decorators import agent
from xpassfam.people.models import Separation


@agent
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/agents/home.html", {"separations": Separation.objects.open().count()})

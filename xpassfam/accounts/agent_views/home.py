"""The agents' first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Contestation
from xpassfam.people.models import Separation


@agent
def home(request: HttpRequest) -> HttpResponse:
    waiting = {"contestations": Contestation.objects.open().count(), "separations": Separation.objects.open().count()}
    return render(request, "accounts/agents/home.html", waiting)

"""The agents' first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Contestation


@agent
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/agents/home.html", {"contestations": Contestation.objects.open().count()})

"""A small portal of its own: the pages that these tests ask for, and who asks."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from xpassfam.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from xpassfam.ui import errors
from xpassfam.ui.forms import DateField, Form, PasswordField, blank

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "tests.ui.portal.organisation",
    "xpassfam.ui.middleware.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tests.ui.portal.visitor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "xpassfam.ui.middleware.ButtonAddressMiddleware",
]


class Away:
    """An organisation whose database is away."""

    def __str__(self):
        raise OperationalError


ORGANISATION = SimpleNamespace(name="Solidarité Familles Estuaire", portal_name="Mon compte")


def organisation(get_response):
    def middleware(request):
        request.organisation = Away() if "away" in request.GET else ORGANISATION
        return get_response(request)

    return middleware


class Staff(AnonymousUser):
    is_staff = is_authenticated = True


class Family(AnonymousUser):
    is_authenticated = True
    is_staff = False


WHO = {"staff": Staff, "family": Family}


def visitor(get_response):
    """Whoever comes is a stranger, or who their cookie says."""

    def middleware(request):
        request.user = WHO.get(request.COOKIES.get("who"), AnonymousUser)()
        return get_response(request)

    return middleware


class FamilyForm(Form):
    last_name = forms.CharField(label="Nom", help_text="Comme sur la lettre")
    phone = forms.CharField(label="Téléphone", required=False)
    birth_date = DateField(label="Date de naissance", autocomplete="bday")
    password = PasswordField(new=True)
    activation_code = forms.CharField(label="Code d’activation")


@login_not_required
def family(request):
    form = FamilyForm(request.POST) if request.method == "POST" else blank(FamilyForm, request)
    return render(request, "tests/form.html", {"form": form})


def closed(request):
    return render(request, "tests/form.html", {"form": blank(FamilyForm, request)})


@login_not_required
@require_POST
def withdraw(request):
    return HttpResponse("fait")


@login_not_required
def breaks(request, secret):
    raise RuntimeError(secret)


@login_not_required
def without_database(request):
    raise OperationalError("the database is away")


@login_not_required
def refuses(request):
    raise PermissionDenied


@login_not_required
def suspects(request):
    raise SuspiciousOperation


@login_not_required
def too_many(request):
    return errors.too_many(request, until=timezone.now() + timedelta(minutes=3))


urlpatterns = [
    path("famille/", family),
    path("reservee/", closed),
    path("retrait/", withdraw),
    path("panne/<str:secret>/", breaks),
    path("sans-base/", without_database),
    path("refus/", refuses),
    path("suspect/", suspects),
    path("trop/", too_many),
    path("", include("xpassfam.ui.urls")),
]

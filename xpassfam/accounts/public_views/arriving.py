"""Where a sign-in leads."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from xpassfam.accounts import devices
from xpassfam.accounts.models import Account
from xpassfam.accounts.outcomes import SignedIn


def destination(account: Account, wanted: str) -> str:
    """The page asked for, if it is one of ours; else the first page of the role."""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return "/gestion/" if account.is_staff else settings.LOGIN_REDIRECT_URL


def arrive(outcome: SignedIn, *, wanted: str) -> HttpResponseRedirect:
    response: HttpResponseRedirect = redirect(destination(outcome.account, wanted))
    devices.set_cookie(response, outcome.device_cookie)
    return response

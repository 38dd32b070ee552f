"""Who a view is for. Pages are closed by default (`SignInFirstMiddleware`); these say to whom they open."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from xpassfam.accounts import confirmation, freezing, returning
from xpassfam.accounts.actions.email_change import putting_back
from xpassfam.accounts.actions.second_step import asking
from xpassfam.accounts.models import Account
from xpassfam.people.access import own_only
from xpassfam.people.models import Invitation

View = Callable[..., HttpResponseBase]


def bears_token(view: View) -> View:
    """For pages whose address is a secret: it goes to nobody, our own log included.

    Not `no-referrer`: browsers then send `Origin: null` with forms, which the CSRF check must refuse.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return inner


def asked_by_page(view: View) -> View:
    """For what a page asks by itself: nobody need be there any more, and the session is not prolonged."""
    view.is_use = False  # type: ignore[attr-defined]
    return view


def signed_in(view: Callable[..., HttpResponseBase]) -> View:
    """For anybody with an account, family or staff: the view is given it."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, cast(Account, request.user), *args, **kwargs)

    return inner


def family(view: View) -> View:
    """For a person who acts for a household (`request.access`); staff are shown their own home.

    Who has none reads the invitations that wait for them; whose last household is closed is told so: the page an
    error leads to would be this one again.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if cast(Account, request.user).is_staff:
            return redirect("dashboard:agents")
        if request.access is None:  # type: ignore[attr-defined]
            if _is_invited(cast(Account, request.user)):
                return redirect("/mon-compte/invitations/")
            return render(request, "accounts/family/no_household.html", status=403)
        return view(request, *args, **kwargs)

    return inner


def own(view: View) -> View:
    """For what is a person's own, whether or not they act for a household: their data, their history.

    Source: RGPD, art. 15 (one's own data, whole).
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = cast(Account, request.user)
        if account.is_staff:
            return redirect("dashboard:agents")
        if request.access is None:  # type: ignore[attr-defined]
            assert account.person  # noqa: S101
            request.access = own_only(account.person, on=timezone.localdate())  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return inner


def confirmed(view: View) -> View:
    """For what is grave: whoever has not proved who they are for some minutes is asked for it first.

    What was typed is carried along, and comes back after (see `returning`); a button alone is pressed again. Stands
    below `signed_in`, `family`, `own`, `agent`: first who may, then who proved it.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if confirmation.is_confirmed(request.session, at=timezone.now()):
            return view(request, *args, **kwargs)
        return returning.ask_again_who(request)

    return inner


def confirmed_by_second_step(view: View) -> View:
    """For what asks for the password by itself: whoever has a second step is `confirmed` first, who has none is not."""
    asked_first = confirmed(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_protected = asking.has_one(cast(Account, request.user), at=timezone.now())
        return (asked_first if is_protected else view)(request, *args, **kwargs)

    return inner


def not_frozen(view: View) -> View:
    """For what does not change in the days after a new password by e-mail, or a new address (see `freezing`): a page
    says why, until when, and whom to call."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = freezing.freezes_of(cast(Account, request.user), at=timezone.now())
        if not found:
            return view(request, *args, **kwargs)
        account = cast(Account, request.user)
        may_put_back = putting_back.recent(account, at=timezone.now()) is not None
        shown = {"freeze": found[0], "is_family": not account.is_staff, "may_put_back": may_put_back}
        return render(request, "accounts/family/frozen.html", shown, status=403)

    return inner


def _is_invited(account: Account) -> bool:
    return Invitation.objects.waiting(timezone.now()).filter(person=account.person_id or 0).exists()


def administrator(view: View) -> View:
    """For those who configure the portal."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(request.user, "is_administrator", False):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


def staff(view: View) -> View:
    """For the organisation's people, whatever their role: pages that say nothing of a family."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not cast(Account, request.user).is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


def agent(view: View) -> View:
    """For agents: what is a family's. An administrator, who handles no file, is told who does.

    Source: RGPD, art. 5.1.c, 32.4 (see `rules.visibility.ITEMS_BY_STAFF_ROLE`).
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = cast(Account, request.user)
        if account.is_administrator:
            return render(request, "accounts/agents/agents_only.html", status=403)
        if not account.is_agent:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


def payer(view: View) -> View:
    """For the agents who see to payments: the others are told who may let them.

    Source: RGPD, art. 5.1.c, 32.4: who examines requests needs nobody's account number.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not cast(Account, request.user).is_payer:
            return render(request, "accounts/agents/payers_only.html", status=403)
        return view(request, *args, **kwargs)

    return agent(inner)

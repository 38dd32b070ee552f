"""Pages that are read in trouble: they ask nothing of a database that is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from xpassfam.organisation.reaching import is_reachable

View = Callable[..., HttpResponse]


def for_anybody(view: View) -> View:
    """Open to all. Who has a session is shown the page of a visitor where there is nothing to read it from."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not is_reachable():
            request.user = AnonymousUser()
        return view(request, *args, **kwargs)

    return login_not_required(inner)

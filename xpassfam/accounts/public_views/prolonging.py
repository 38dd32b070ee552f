"""How long the session still lasts, for the page that is left open; and longer, when somebody asks for it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.accounts.sessions import SessionStore


@login_not_required
def session(request: HttpRequest) -> JsonResponse:
    """Asked by a page, which is no use of the session; sent by its button, which is one."""
    store = request.session
    if not isinstance(store, SessionStore):
        return JsonResponse({"left": 0, "prolonged": False})
    store.is_asked_about = True
    if not isinstance(request.user, Account):
        return JsonResponse({"left": 0, "prolonged": False})
    if request.method == "POST":
        store.touch(at=timezone.now(), at_once=True)
    return JsonResponse({"left": store.seconds_left or 0, "prolonged": store.may_be_prolonged})

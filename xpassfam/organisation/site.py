"""`/admin/`: the configuration of the portal, for administrators, behind the one sign-in page.

A room registers its configuration as usual, in its own `admin.py`: `@admin.register(Team)`.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

# The portal's policy, but for this: Django's own scripts are files like ours, and know no Trusted Types.
POLICY = {"require-trusted-types-for": None, "trusted-types": None}
View = TypeVar("View", bound=Callable[..., Any])
ELSEWHERE = {"password_change", "password_change_done", "logout"}


class PortalAdminSite(admin.AdminSite):
    site_title = _("Réglages")
    site_header = _("Réglages du portail")
    index_title = _("Réglages du portail")
    empty_value_display = "–"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # One at a time: each page of a deletion names what goes.
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and getattr(request.user, "is_administrator", False)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Libraries bring tables of their own (groups, queues): only ours are configuration."""
        models: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        )
        ours = [model for model in models if model.__module__.startswith("xpassfam.")]
        super().register(ours, admin_class, **options)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def with_policy(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                return self._turned_away(request, asked=request.get_full_path())
            response = inner(request, *args, **kwargs)
            response._csp_replace = POLICY
            return response

        return cast(View, with_policy)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """No second way in: the sign-in page, its throttle and its second step are the only ones."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        asked = request.GET.get("next", "")
        return self._turned_away(request, asked=asked if asked.startswith("/admin/") else reverse("admin:index"))

    def _turned_away(self, request: HttpRequest, *, asked: str) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(asked)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Passwords and sign-out are the account's, at their own addresses; strangers go straight to sign-in."""
        urls = [url for url in super().get_urls() if getattr(url, "name", None) not in ELSEWHERE]
        for url in urls:
            if url.callback and hasattr(url.callback, "login_url"):
                url.callback.login_url = None
        return urls

"""The dashboard's rival: its queries, all of them, one flat template, as many bytes; nothing of our face nor our
middleware. And the rival of a locked file: the same in clear.
"""

import os

from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Origin
from django.template.loaders.base import Loader as BaseLoader
from django.urls import path
from django.utils import timezone

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare_settings"
application = get_wsgi_application()

from xpassfam.documents import for_dashboard as documents  # noqa: E402 - needs the settings
from xpassfam.entitlements import for_dashboard as entitlements  # noqa: E402
from xpassfam.filings.family.listing import open_lines  # noqa: E402
from xpassfam.household.for_dashboard.accesses import to_answer  # noqa: E402
from xpassfam.household.waiting import read  # noqa: E402
from xpassfam.people import access  # noqa: E402
from xpassfam.people.models import Residence  # noqa: E402
from xpassfam.support import for_dashboard as tickets  # noqa: E402

TEMPLATE = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Accueil</title></head>
<body>
<h1>Bonjour {{ user.first_name }}</h1>
<p>{{ access.household_name }}, {{ access.file_number }}, {{ user.person.member_number }}</p>
<p>{{ invitations|length }}, {{ changes|length }}, {{ filings|length }}, {{ documents|length }}, {{ rights|length }},
{{ tickets|length }}</p>
<p>{{ home.town }}, {{ home.home_confirmed_at|date:"j F Y" }}</p>
<form method="post">{% csrf_token %}<button>Se déconnecter</button></form>
<ul>{% for stay in stays %}
<li>{{ stay.person.first_names }} {{ stay.person.last_name }}, {{ stay.get_role_display }},
{{ stay.person.birth_date|date:"j F Y" }}{% if stay.is_shared %}, aussi ailleurs{% endif %}</li>{% endfor %}
</ul>
<p>{{ filling }}</p>
</body>
</html>
"""


class Loader(BaseLoader):
    def get_template_sources(self, template_name: str) -> list[Origin]:
        return [Origin(name=template_name, template_name=template_name, loader=self)]

    def get_contents(self, origin: Origin) -> str:
        return TEMPLATE


@login_required
def page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    acting = access.for_account(request.user, on=timezone.localdate(now))[0]
    changes, _asked, home = read(acting)
    context = {
        "access": acting,
        "stays": Residence.objects.visible_to(acting).select_related("person__account").order_by("rank", "pk"),
        "changes": changes,
        "home": home,
        "invitations": to_answer(acting, at=now),
        "filings": open_lines(acting),
        "documents": documents._LATEST.rows(acting),
        "rights": entitlements._ROWS.rows(acting),
        "tickets": tickets.read(acting),
        "filling": FILLING,
    }
    return render(request, "bare", context)


FILLING = "m" * max(0, int(os.environ.get("BARE_PAGE_BYTES", "0")) - 620)


@login_required
def plain(request: HttpRequest) -> FileResponse:
    answer = FileResponse(open(os.environ["BARE_FILE"], "rb"), as_attachment=True)  # noqa: SIM115 - Django closes it
    answer.block_size = 64 * 1024
    return answer


urlpatterns = [path("mon-compte/", page), path("mon-compte/plain/", plain)]

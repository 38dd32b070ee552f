"""Why rights changed one day, as the history kept it: a file for the family's own programs."""

import json

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import family
from xpassfam.entitlements import history
from xpassfam.journal.pages import find
from xpassfam.journal.reading import words_of
from xpassfam.people.access import FamilyRequest


@family
@require_safe
def change(request: FamilyRequest, key: str) -> HttpResponse:
    """Not found once its words are forgotten."""
    line = find(request.access, key)
    trace = words_of(line).get("trace") if line and line.kind == history.CHANGED.code else None
    if line is None or not isinstance(trace, str):
        raise Http404
    text = json.dumps({"at": line.at.isoformat(), "rights": json.loads(trace)}, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="droits-{line.at:%Y-%m-%d}.json"'
    response["Cache-Control"] = "no-store"
    return response

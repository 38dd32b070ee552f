"""A form that was sent while we could not answer comes back on the error page, to be sent again as it was.

Without JavaScript nothing else holds what was typed. Only views that say so, and only what passed the CSRF check:
another site's form is never shown filled in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from xpassfam.rules.secrets_in_text import masked
from xpassfam.ui.forms import SECRETS

MOST_TYPED = 60_000
WORDS = 3

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Line:
    name: str
    value: str

    @property
    def is_long(self) -> bool:
        """Worth reading again: a sentence."""
        return "\n" in self.value or self.value.count(" ") >= WORDS


@dataclass(frozen=True)
class KeptForm:
    """`files`: the names of fields whose files went with the request: a browser gives none twice by itself."""

    action: str
    lines: tuple[Line, ...]
    files: tuple[str, ...]

    @property
    def long_lines(self) -> list[Line]:
        return [line for line in self.lines if line.is_long]

    @property
    def short_lines(self) -> list[Line]:
        return [line for line in self.lines if not line.is_long]


def comes_back(view: View) -> View:
    """For views whose form may be sent again: the same key makes one thing."""
    view.comes_back = True  # type: ignore[attr-defined]
    return view


def kept(request: HttpRequest) -> KeptForm | None:
    """What was sent, secrets left out; a password that stands in a text is hidden."""
    match = request.resolver_match
    if request.method != "POST" or match is None or not getattr(match.func, "comes_back", False):
        return None
    if not getattr(request, "csrf_processing_done", False):
        return None
    if sum(len(value) for _name, values in request.POST.lists() for value in values) > MOST_TYPED:
        return None
    lines = tuple(
        Line(name, masked(value).text if " " in value else value)
        for name, values in request.POST.lists()
        if not SECRETS.search(name)
        for value in values
    )
    files = tuple(name for name, sent in request.FILES.lists() if any(file.size for file in sent))
    return KeptForm(request.get_full_path(), lines, files)

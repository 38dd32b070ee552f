"""The help centre: every article by situation, a search that forgives, one article."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xpassfam.help import finding, shelf
from xpassfam.help.article import Article
from xpassfam.help.markdown import html
from xpassfam.help.public_views.reading import for_anybody
from xpassfam.help.situations import SITUATIONS
from xpassfam.organisation import promise

LONGEST_SEARCH = 200


@for_anybody
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]
    if text:
        return render(request, "help/public/found.html", {"text": text, "found": finding.search(text)})
    listed = finding.by_situation()
    shelves = [(code, label, listed[code]) for code, label in SITUATIONS.items() if code in listed]
    context = {
        "shelves": shelves,
        "is_partly_french": _is_partly_french(),
        "promise_hours": promise.hours(),
        "figure": promise.figure(at=timezone.now()),
    }
    return render(request, "help/public/home.html", context)


@for_anybody
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """In French where it was not written in the reader's language: the page says so."""
    found = shelf.articles().get(slug)
    if found is None:
        raise Http404
    return render(request, "help/public/article.html", shown(found))


def shown(article: Article) -> dict[str, object]:
    """What the page of an article is made of."""
    language = get_language() or "fr"
    words, others = article.in_language(language), shelf.articles()
    return {
        "article": article,
        "words": words,
        "text": html(words.text),
        "situation": SITUATIONS[article.situation],
        "is_french_only": not article.has_language(language),
        "related": [
            finding.link_to(others[slug])
            for slug in article.related
            if slug in others and others[slug].has_language(language)
        ],
    }


def _is_partly_french() -> bool:
    language = get_language() or "fr"
    return not all(one.has_language(language) for one in shelf.articles().values())

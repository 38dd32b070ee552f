"""An article's Markdown as HTML: titles, lists, emphasis, links to safe places. Nothing else gets through.

See docs/decisions/0076-articles.md.
"""

import functools
import re

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Only what is named here is understood; the rest, HTML included, is text.
RULES = ["heading", "list", "newline", "emphasis", "link", "escape", "entity", "text_join", "fragments_join"]
SAFE = re.compile(r"(?:/(?!/)|https://|mailto:|tel:|#)[^\s\\]*\Z")


@functools.cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero").enable(RULES, ignoreInvalid=True)
    reader.validateLink = is_safe  # type: ignore[method-assign, assignment]
    return reader


def is_safe(address: str) -> bool:
    """A page of ours, another site's over TLS, a mailbox, a telephone."""
    return SAFE.match(address) is not None


@functools.lru_cache(maxsize=256)
def html(text: str) -> SafeString:
    """Titles begin at the second level: the page has the first."""
    tokens = _reader().parse(text)
    for number, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), 2), 3)}"
        if token.type == "heading_open":
            token.attrSet("id", slugify(tokens[number + 1].content)[:60] or f"t{number}")
        if token.type == "ordered_list_open":
            token.attrSet("class", "nums")
    return SafeString(_reader().renderer.render(tokens, _reader().options, {}))


def plain(text: str) -> str:
    """The words alone, for a search."""
    return " ".join(_words(_reader().parse(text)))


def problems(text: str) -> list[tuple[int, str]]:
    """What would not come out as meant: the line, from 0, and why."""
    found = []
    for number, line in enumerate(text.split("\n")):
        if re.search(r"<[a-zA-Z/!]", line):
            found.append((number, _("Le HTML n’est pas accepté : écrivez en Markdown.")))
        found += [
            (number, _("Ce lien n’est pas accepté : {link}").format(link=link[:80]))
            for link in re.findall(r"\]\(\s*([^)\s]*)", line)
            if not is_safe(link)
        ]
    return found


def _words(tokens: list[Token]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        found += _words(token.children) if token.children else [token.content] if token.content else []
    return found

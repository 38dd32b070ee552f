"""The components. Keyword-only: a mistyped argument stops when the template is compiled."""

import functools
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from xpassfam.ui import footers, icons, menus, shapes, signs, words

register = template.Library()

ALERT_ICONS = {"ok": "circle-check", "wait": "hourglass", "no": "circle-alert", "info": "info"}
TAG_KINDS = (*ALERT_ICONS, "soft")
MESSAGE_KINDS = {"success": "ok", "warning": "wait", "error": "no"}


class UnknownKind(LookupError):
    """A component was asked for in a state that it has not."""


def component(template_name: str, **context: Any) -> SafeString:
    return render_to_string(template_name, context)


def known(kind: str, kinds: Iterable[str]) -> str:
    if kind not in kinds:
        raise UnknownKind(kind)
    return kind


@register.simple_tag
@functools.cache
def icon(name: str) -> SafeString:
    """An icon beside a word: it says nothing alone, and is hidden from screen readers."""
    return format_html(
        '<svg class="ico" aria-hidden="true"><use href="{}#{}"/></svg>', static(icons.SPRITE), icons.known(name)
    )


@register.inclusion_tag("ui/components/sign.html", takes_context=True)
def sign(context: template.Context, *, on_bar: bool = False) -> dict[str, Any]:
    """The organisation's logo, or our shapes. `on_bar`: on the agents' bar, always dark."""
    theme = context.get("chosen_theme") or ""
    return {"sign": signs.sign(context.get("organisation"), theme=theme, is_on_bar=on_bar), "on_bar": on_bar}


@register.simple_block_tag
def alert(content: str, *, kind: str, title: str = "", icon: str = "", focus: bool = False, id: str = "") -> SafeString:
    """A message in the page. `focus`: read first when the page opens, for what the person must know."""
    drawn = icon or ALERT_ICONS[known(kind, ALERT_ICONS)]
    return component(
        "ui/components/alert.html", content=content, kind=kind, title=title, icon=drawn, focus=focus, id=id
    )


@register.simple_block_tag
def card(
    content: str, *, title: str = "", link_text: str = "", link_url: str = "", id: str = "", mark: Any = None
) -> SafeString:
    """A part of a page one acts on. `mark`: the person it is about (`mark`, `initial`)."""
    return component(
        "ui/components/card.html",
        content=content,
        title=title,
        link_text=link_text,
        link_url=link_url,
        id=id or slugify(title),
        person=mark,
    )


@register.inclusion_tag("ui/components/tag.html")
def tag(*, kind: str, text: str, icon: str = "") -> dict[str, Any]:
    """A status: a word and an icon, never a colour alone."""
    return {"kind": known(kind, TAG_KINDS), "text": text, "icon": icon or ALERT_ICONS.get(kind, "circle")}


@register.inclusion_tag("ui/components/mark.html")
def mark(*, shape: int, initial: str, small: bool = False) -> dict[str, Any]:
    """A person's own shape; `shape` is `Person.mark`, 1 to 20."""
    return {"form": shapes.form(shape), "colour": shapes.colour(shape), "initial": initial, "small": small}


@register.inclusion_tag("ui/components/house.html")
def house(*, persons: Iterable[shapes.Person]) -> dict[str, Any]:
    """The household as a picture."""
    return {"house": shapes.house(persons)}


@register.inclusion_tag("ui/components/countdown.html")
def countdown(*, until: datetime, text: str = "", done: str = "", now: datetime | None = None) -> dict[str, Any]:
    """A wait: its clock time, and what remains. Ticks with JavaScript, says so at the start, 1 minute and the end."""
    now = now or timezone.now()
    return {
        "until": until,
        "now": now,
        "left": words.wait(until - now),
        "text": text or _("Réessayez à"),
        "done": done or _("Vous pouvez réessayer."),
    }


@register.inclusion_tag("ui/components/back.html")
def back(*, url: str, text: str) -> dict[str, Any]:
    return {"url": url, "text": text}


@register.inclusion_tag("ui/components/submit.html")
def submit(
    *,
    text: str,
    wide: bool = False,
    secondary: bool = False,
    small: bool = False,
    icon: str = "",
    danger: bool = False,
    to: str = "",
) -> dict[str, Any]:
    """`to`: another address than its form's, where one form has several things to send."""
    kind = {"wide": wide, "secondary": secondary, "small": small, "danger": danger}
    return {"text": text, "icon": icon, "to": to, **kind}


@register.simple_block_tag
def facts(content: str, *, tight: bool = False) -> SafeString:
    """A list of labels and values, one `fact` each."""
    return component("ui/components/facts.html", content=content, tight=tight)


@register.inclusion_tag("ui/components/fact.html")
def fact(
    *, term: str, value: Any = "", note: str = "", link_text: str = "", link_url: str = "", link_object: str = ""
) -> dict[str, Any]:
    """A label and its value. `link_object` completes the link for screen readers: « Modifier (le téléphone) »."""
    return {
        "term": term,
        "value": value,
        "note": note,
        "link_text": link_text,
        "link_url": link_url,
        "link_object": link_object,
    }


@register.simple_block_tag
def empty(content: str, *, title: str) -> SafeString:
    """Why there is nothing, and one thing to do. Not directly inside a `for`, whose own `empty` comes first."""
    return component("ui/components/empty.html", content=content, title=title)


@register.inclusion_tag("ui/components/steps.html")
def steps(*, current: int, total: int, text: str = "") -> dict[str, Any]:
    """« Étape 2 sur 3 – Créer mon compte »."""
    states = ["done" if n < current else "now" if n == current else "" for n in range(1, total + 1)]
    return {"current": current, "total": total, "text": text, "states": states}


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """What happened, what happens, what will: one `event` each."""
    return component("ui/components/timeline.html", content=content)


@register.simple_block_tag
def event(content: str, *, state: str, title: str, at: datetime | None = None) -> SafeString:
    return component(
        "ui/components/event.html", content=content, state=known(state, ("done", "now", "next")), title=title, at=at
    )


@register.inclusion_tag("ui/components/pager.html")
def pager(*, newer_url: str = "", older_url: str = "", label: str = "") -> dict[str, Any]:
    """Pages by key: towards the newer, towards the older."""
    return {"newer_url": newer_url, "older_url": older_url, "label": label or _("Pages")}


@register.simple_block_tag
def dialog(content: str, *, id: str, title: str, open_text: str) -> SafeString:
    """A window over the page and the button that opens it; without JavaScript, a part that unfolds."""
    return component("ui/components/dialog.html", content=content, id=id, title=title, open_text=open_text)


@register.simple_block_tag
def news(content: str, *, url: str, waiting: str = "") -> SafeString:
    """Asks `url` now and then for `{"done": true}`, then shows the content: a button, no jump."""
    return component("ui/components/news.html", content=content, url=url, waiting=waiting)


@register.inclusion_tag("ui/components/copy.html")
def copy(*, text: str) -> dict[str, Any]:
    """A code to say or to paste, with a button that copies it."""
    return {"text": text}


@register.inclusion_tag("ui/components/nav.html", takes_context=True)
def family_nav(context: template.Context, *, label: str = "") -> dict[str, Any]:
    entries = menus.entries(settings.FAMILY_MENU, context.get("request"), besides=settings.ACCOUNT_MENU)
    return {"entries": entries, "label": label or _("Mon compte")}


@register.inclusion_tag("ui/components/account_menu.html", takes_context=True)
def account_menu(context: template.Context, *, name: str, shape: int, initial: str) -> dict[str, Any]:
    """Who is signed in, and the pages about them: opens without script, closes by itself with it."""
    entries = menus.entries(settings.ACCOUNT_MENU, context.get("request"))
    is_here = any(entry.current == "page" for entry in entries)
    return {"name": name, "shape": shape, "initial": initial, "entries": entries, "is_here": is_here}


@register.simple_tag(takes_context=True)
def footer_links(context: template.Context) -> footers.FooterLinks:
    return footers.footer_links(context.get("organisation"))


@register.inclusion_tag("ui/components/demo_band.html")
def demo_band() -> dict[str, Any]:
    return {"is_demo": settings.IS_DEMO}


@register.filter
def wants_focus(extra_tags: str) -> bool:
    """A message that answers a button which did nothing is read first: `extra_tags="focus"`."""
    return extra_tags == "focus"


@register.filter
def message_kind(level_tag: str) -> str:
    return MESSAGE_KINDS.get(level_tag, "info")

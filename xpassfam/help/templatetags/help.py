"""`{% help_about topic="cookies" %}`: links to the articles for a moment of trouble."""

from typing import Any

from django import template

from xpassfam.help import finding

register = template.Library()


@register.inclusion_tag("help/about.html")
def help_about(*, topic: str, most: int = 3) -> dict[str, Any]:
    """Topics are those of `article.schema.json`. No query while the shelf is warm."""
    return {"links": finding.about(topic, most=most)}

"""What every page knows of its visitor's display."""

from django.http import HttpRequest

from xpassfam.ui import theme


def chosen_theme(request: HttpRequest) -> dict[str, str]:
    return {"chosen_theme": theme.chosen(request)}

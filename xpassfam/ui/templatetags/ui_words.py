"""Filters: times, days and sums as people say them (see `ui.words`). Nothing gives an empty text."""

from collections.abc import Callable
from typing import Any

from django import template

from xpassfam.ui import words

register = template.Library()


def say(function: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value in (None, "") else function(value)


for function in (
    words.clock,
    words.day,
    words.short_day,
    words.full_day,
    words.moment,
    words.soon,
    words.iso,
    words.euros,
):
    register.filter(function.__name__, say(function))

"""What begins and ends on a day, in SQL."""

from datetime import date

from django.db.models import Q


def dated(on: date, prefix: str = "") -> Q:
    """Begun, and not ended, on that day: `rules.visibility.is_open` in SQL."""
    since, until = f"{prefix}since", f"{prefix}until"
    begun = Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": on})
    return begun & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def not_closed(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}closed_on__isnull": True}) | Q(**{f"{prefix}closed_on__gt": on})

"""Times, days and sums as people say them, in the language of the page."""

from datetime import date, datetime, timedelta

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.rules.identifiers import fold

NBSP = "\u00a0"
NARROW = "\u202f"


def is_french() -> bool:
    return (translation.get_language() or "fr").startswith("fr")


def clock(at: datetime) -> str:
    """« 14 h 05 », « 18 h » on the hour; « 14:05 » in English. In the portal's time zone."""
    local = timezone.localtime(at)
    if not is_french():
        return f"{local:%H:%M}"
    minutes = f"{NBSP}{local:%M}" if local.minute else ""
    return f"{local.hour}{NBSP}h{minutes}"


def day(on: date) -> str:
    """« vendredi 4 décembre », with its year when that is not the present one."""
    return _dated(on, "l j F")


def short_day(on: date) -> str:
    """« 4 décembre », with its year when that is not the present one."""
    return _dated(on, "j F")


def full_day(on: date) -> str:
    """« 14 février 1990 »."""
    return _first_of_month(_local_day(on), "j F Y")


def month(on: date) -> str:
    """« octobre 2026 »."""
    return formats.date_format(_local_day(on), "F Y")


def moment(at: datetime) -> str:
    """« le 3 mars à 10 h 05 »."""
    return _("le {day} à {time}").format(day=short_day(at), time=clock(at))


def iso(at: datetime) -> str:
    """For machines, to the second: « 2026-11-23T14:05:00+01:00 »."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def soon(at: datetime) -> str:
    """« à 18 h » today, « le 3 mars à 10 h » another day."""
    if timezone.localtime(at).date() == timezone.localdate():
        return _("à {time}").format(time=clock(at))
    return moment(at)


def euros(cents: int) -> str:
    """« 1 211 € », « 4,50 € »: no cents where there are none."""
    units, rest = divmod(abs(cents), 100)
    sign = "−" if cents < 0 else ""
    if is_french():
        decimals = f",{rest:02}" if rest else ""
        return sign + f"{units:,}".replace(",", NARROW) + decimals + f"{NBSP}€"
    return f"{sign}€{units:,}" + (f".{rest:02}" if rest else "")


def elides(name: str) -> bool:
    """Whether « de » becomes « d’ » before it: « d’Inès », « d’Hélène », « de Yann »."""
    letters = fold(name)
    return letters[:1] in set("aeiouh") or letters[:2] in ("yv", "ys")


def wait(left: timedelta) -> str:
    """« 4 min 10 s », « 1 h 5 min », « 2 jours »: what remains, rounded up to a second."""
    seconds = max(0, -(-left // timedelta(seconds=1)))
    days, hours, minutes = seconds // 86400, seconds // 3600, seconds // 60
    if days:
        return ngettext("{n} jour", "{n} jours", days).format(n=days).replace(" ", NBSP)
    if hours:
        return _pair(hours, "h", minutes % 60, "min")
    if minutes:
        return _pair(minutes, "min", seconds % 60, "s")
    return f"{seconds}{NBSP}s"


def _pair(high: int, high_unit: str, low: int, low_unit: str) -> str:
    head = f"{high}{NBSP}{high_unit}"
    return f"{head} {low}{NBSP}{low_unit}" if low else head


def _local_day(on: date) -> date:
    return timezone.localtime(on).date() if isinstance(on, datetime) else on


def _dated(on: date, pattern: str) -> str:
    on = _local_day(on)
    if on.year != timezone.localdate().year:
        pattern += " Y"
    return _first_of_month(on, pattern)


def _first_of_month(on: date, pattern: str) -> str:
    if on.day == 1 and is_french():
        pattern = pattern.replace("j", r"j\e\r")
    return formats.date_format(on, pattern)

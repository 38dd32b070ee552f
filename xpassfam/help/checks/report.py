"""What a browser told, held to what may be kept: yes, no, a number, a name of a list. No text of the visitor's."""

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any

from xpassfam.help.checks import browsers
from xpassfam.help.checks.browsers import Browser

FLAGS = ("script", "storage", "private", "autofill", "translated", "styles")
NETWORKS = ("ok", "portal", "failed")
LONGEST_SKEW = 10 * 366 * 24 * 3600
LONGEST_TRIP = 60_000


@dataclass(frozen=True)
class Report:
    """None: not looked at, or the browser does not say. `skew` in seconds, positive where the clock is fast;
    `trip` in milliseconds."""

    browser: Browser = field(default_factory=Browser)
    cookies: bool | None = None
    script: bool = False
    storage: bool | None = None
    private: bool | None = None
    autofill: bool | None = None
    translated: bool | None = None
    styles: bool | None = None
    network: str = ""
    skew: int | None = None
    trip: int | None = None
    zone: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def of_answers(answers: Mapping[str, str], *, cookies: bool | None, user_agent: str) -> Report:
    """What the page's script filled in; a browser without script filled in nothing."""
    report = Report(browser=browsers.read(user_agent), cookies=cookies)
    if answers.get("script") != "yes":
        return report
    flags: dict[str, Any] = {name: {"yes": True, "no": False}.get(answers.get(name, "")) for name in FLAGS}
    return replace(
        report,
        **{**flags, "script": True},
        network=answers.get("network", "") if answers.get("network") in NETWORKS else "",
        skew=_number(answers.get("skew", ""), -LONGEST_SKEW, LONGEST_SKEW),
        trip=_number(answers.get("trip", ""), 0, LONGEST_TRIP),
        zone=answers.get("zone", "") if answers.get("zone") in _zones() else "",
    )


def of_dict(kept: Mapping[str, Any]) -> Report:
    """As it was kept, maybe by an older version of the portal."""
    known = {name: value for name, value in kept.items() if name in Report.__dataclass_fields__}
    return Report(**{**known, "browser": Browser(**kept.get("browser", {}))})


def _number(typed: str, least: int, most: int) -> int | None:
    if not re.fullmatch(r"-?[0-9]{1,11}", typed):
        return None
    return max(least, min(most, int(typed)))


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())

"""Which browser, on which device, from what it says of itself; and whether the portal still supports it.

See docs/decisions/0077-browser-check.md for where the oldest versions come from.
"""

import re
from dataclasses import dataclass

# The first that matches: most browsers also name those they resemble.
_BROWSERS = (
    ("Edge", r"Edg(?:A|iOS)?/(\d+)"),
    ("Opera", r"OPR/(\d+)"),
    ("Samsung Internet", r"SamsungBrowser/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Chrome|CriOS)/(\d+)"),
    ("Safari", r"Version/(\d+)[.\d]* (?:Mobile/\S+ )?Safari"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone|iPod"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
    ("Chromebook", r"CrOS"),
    ("Linux", r"Linux"),
)
# On Apple's phones every browser is Safari's engine, and follows the system.
OF_APPLE = frozenset(("iPhone", "iPad"))
OLDEST = {"Chrome": 109, "Edge": 109, "Opera": 95, "Samsung Internet": 21, "Firefox": 115, "Safari": 15}
OLDEST_APPLE_SYSTEM = 15
BROWSERS = frozenset(name for name, _mark in _BROWSERS)
SYSTEMS = frozenset(name for name, _mark in _SYSTEMS)


@dataclass(frozen=True)
class Browser:
    """`version` is that of the browser, of the system on Apple's phones; 0 where it is not told."""

    name: str = ""
    version: int = 0
    system: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.name and self.version)

    @property
    def is_too_old(self) -> bool:
        return self.is_known and self.version < self.oldest

    @property
    def oldest(self) -> int:
        return OLDEST_APPLE_SYSTEM if self.system in OF_APPLE else OLDEST.get(self.name, 0)


def read(user_agent: str) -> Browser:
    told = user_agent[:400]
    system = next((name for name, mark in _SYSTEMS if re.search(mark, told)), "")
    name, version = "", 0
    for known, mark in _BROWSERS:
        if found := re.search(mark, told):
            name, version = known, int(found[1][:4])
            break
    if system in OF_APPLE:
        found = re.search(r"OS (\d+)_", told)
        version = int(found[1][:3]) if found else 0
    return Browser(name, version, system)

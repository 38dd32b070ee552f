"""How large a file may be, and what its child may use. Families are told before they choose."""

from typing import Final

MOST_MEGABYTES: Final = 10
MOST_BYTES: Final = MOST_MEGABYTES * 1024 * 1024
MOST_PAGES: Final = 100
MOST_PIXELS: Final = 60_000_000  # the largest photo of today's phones has 50

# What a child may use to open a stranger's file.
SECONDS: Final = 20
MEMORY: Final = 1024 * 1024 * 1024
# How many of them work at once on a machine, and how long one more waits.
AT_ONCE: Final = 4
PATIENCE_SECONDS: Final = 8

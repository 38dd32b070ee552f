"""`python3 -m benchmarks [subjects]`: installs what it needs as ./test does, then measures."""

import sys

from house import environment

environment.enter("benchmarks.main", environment.DEVELOPMENT, sys.argv[1:])

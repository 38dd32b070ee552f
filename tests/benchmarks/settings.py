"""For a quick run: nothing is collected before it, an address of a static file needs no manifest."""

from xpassfam.config.settings import *  # noqa: F403
from xpassfam.config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

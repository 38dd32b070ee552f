"""Categories, services, useful files and numbers: written by administrators, read by every family."""

from xpassfam.services.models.category import Category
from xpassfam.services.models.service import Service
from xpassfam.services.models.useful import UsefulFile, UsefulNumber

__all__ = ["Category", "Service", "UsefulFile", "UsefulNumber"]

"""Load the demo's families and accounts; a second time changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.demo.loading import load


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("Only with XPASSFAM_MODE=demo: its passwords are public.")
        load(at=timezone.now())

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from xpassfam.jobs.worker import Worker, drain


class Command(BaseCommand):
    help = "Runs the jobs of the queue and keeps the schedule, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is ready, then end; without the schedule")

    def handle(self, *, once: bool, **options: object) -> None:
        if once:
            drain()
            return
        worker = Worker()
        worker.stop_on_signals()
        worker.run()

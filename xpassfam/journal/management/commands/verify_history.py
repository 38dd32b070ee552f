from django.core.management.base import BaseCommand, CommandError

from xpassfam.journal import proof


class Command(BaseCommand):
    help = "Walks every chain of the history and says the first broken link of each."

    def handle(self, **options: object) -> None:
        count, breaks = 0, 0
        for scope in proof.scopes():
            count += 1
            if found := proof.verify(scope):
                breaks += 1
                self.stderr.write(f"{found.scope}, line {found.seq}: {found.problem}")
        if breaks:
            raise CommandError(f"{breaks} of {count} chains do not hold")
        self.stdout.write(f"{count} chains hold")

from django.core.management.base import BaseCommand, CommandError

from xpassfam.vault import rotating

HELP = """Locks the keys of all files anew under XPASSFAM_FILE_KEY, while the portal runs. Stopped anywhere, it is
started again and goes on. Says what is still locked by a former key, and fails as long as something is."""


class Command(BaseCommand):
    help = HELP

    def handle(self, **options: object) -> None:
        done = 0
        for count in rotating.rotate():
            done += count
            self.stdout.write(f"{done} files locked anew", ending="\r")
        self.stdout.write(f"{done} files locked anew")
        left = rotating.left()
        for one in left:
            self.stderr.write(f"{one.count} files are locked by the key {one.key_id}: {_what_to_do(one)}")
        if left:
            raise CommandError("a former key is still needed")
        self.stdout.write("Nothing is locked by a former key: XPASSFAM_OLD_FILE_KEYS may be emptied.")


def _what_to_do(one: rotating.Left) -> str:
    if one.is_known:
        return "they came meanwhile, from a process that still locks with it. kill -HUP it, then run this again"
    return "it is not among ours. Add it to XPASSFAM_OLD_FILE_KEYS, or they open no more"

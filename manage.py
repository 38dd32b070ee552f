#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.umask(0o077)  # a command may be the first to make the database, or a file of families
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xpassfam.config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("This Python lacks the portal's packages. Start ./run once, then: .venv/bin/python manage.py …")
    from xpassfam.config.values import BadSetting

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as problem:
        sys.exit(f"Xpassfam can't start. {problem}")

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xpassfam.config.settings")

application = get_wsgi_application()

# A server that does not go through ./run checks nothing: the law's minimum is asked here too.
from xpassfam.organisation.checks import refuse_to_start_without_legal_notice  # noqa: E402 - needs the settings

refuse_to_start_without_legal_notice()

# Made now, or the first unknown visitor of each process would wait for one hash more than a known one.
from xpassfam.accounts.hashing import dummy_at, todays_parameters  # noqa: E402 - needs the settings

dummy_at(todays_parameters())

"""A pool that gets no connection waits, whether the server is busy or gone. Here, after a second, the server is asked
for a word: who is busy says it, and is waited for; who is away is left alone for some seconds, and pages need not wait.
"""

from time import monotonic
from typing import Any

from django.db.backends.postgresql import base
from psycopg_pool import PoolTimeout

from xpassfam.organisation.reaching import answers

# How long a busy server is waited for; each look of the pool lasts a second (`services.database`).
PATIENCE_SECONDS = 10
KEPT_SECONDS = 3


class DatabaseWrapper(base.DatabaseWrapper):
    # Of all threads: what one has seen, the others need not look for.
    seen_at = -float(KEPT_SECONDS)
    was_there = True

    def get_new_connection(self, conn_params: Any) -> Any:
        end = monotonic() + PATIENCE_SECONDS
        while True:
            if not self.pool:
                return super().get_new_connection(conn_params)
            if not DatabaseWrapper.was_there and not self._is_there():
                raise PoolTimeout("nothing answers where the database should")
            try:
                return super().get_new_connection(conn_params)
            except PoolTimeout:
                if monotonic() > end or not self._is_there():
                    raise

    def _is_there(self) -> bool:
        """As it was seen in the last seconds, or now."""
        known = DatabaseWrapper
        if monotonic() - known.seen_at >= KEPT_SECONDS:
            host, port = self.settings_dict["HOST"], self.settings_dict["PORT"]
            known.seen_at = monotonic()  # nobody else asks meanwhile
            known.was_there = answers(host, port)
            known.seen_at = monotonic()
        return known.was_there

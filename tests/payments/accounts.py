"""Accounts and moments of these tests: the specimens of bank papers and of the standard."""

from datetime import UTC, datetime

from xpassfam.journal.actions import Actor

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
NADIA = Actor("agent", public_id="nadia", name="Nadia Ferrand")
SPECIMEN = "FR76 3000 6000 0112 3456 7890 189"
OTHER = "DE89 3704 0044 0532 0130 00"

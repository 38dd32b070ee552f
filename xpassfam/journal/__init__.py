"""What happened, for ever: append-only, chained history lines. One door: `journal.actions.write`."""

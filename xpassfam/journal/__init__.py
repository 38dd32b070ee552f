"""What happened, for ever: append-only, chained history lines.

Words: a *line* says who did what, when, on whose behalf; its *payload* holds the words and values;
a *scope* is one chain (a household, an account alone, or the portal); a *kind* is declared by the
room that writes it, in `<room>/history.py`.
Doors: `journal.kinds.declare`, `journal.actions.write`, `journal.reading` and `journal.proof.verify`.
"""

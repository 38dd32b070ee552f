"""Where a family is paid, and what is to be paid to it.

Words: *bank details* are one account, from a day on; the *coming* ones wait 72 hours, during which the family can
stop them; a *payment order* is what a decision grants in money, to be paid by the organisation's own tools.
Doors: `actions`, `safety` (whether a change must wait), `demo`.
"""

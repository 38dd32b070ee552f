"""What the organisation certifies: papers issued on demand, numbered, kept, verified by anybody who holds one.

Words: a *certificate* is what was said that day, frozen, and printed the same for ever; a *paper* is what the public
page may tell of one, or of another room's paper that bears a code; a *wording* is what the organisation writes around
the facts; a *face* is how papers of a time look.
Doors: `actions.issuing`, `actions.revoking`, `actions.registering` (a code for another room's paper), `shown.rows_for`,
`printing`, `kinds`, `demo`.
"""

"""Files at rest: received safely, locked, read again by who may.

Words: a *file* is what somebody gave, made harmless and locked; a *piece* of it is locked alone, so that it streams;
the *child* is a process that opens what strangers made, and may die of it;
*quarantine* is where it lies until the virus scanner has seen what came, its *original*.
Doors: `actions.receive`, `actions.discard`, `reading.chunks`, `drawing.draw`, `binding.bound`, `words.refusal`. Who
may read a file is said by the rooms above, which know whose it is.
"""

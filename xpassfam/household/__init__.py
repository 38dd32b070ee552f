"""A family's own pages about itself: its household, its persons, its profile; who may open its file.

Words: an *invitation* offers an access; a *separation* freezes what is shared; *coming of age* is announced.
Doors: `for_dashboard`, `portraits`, `sight` (what the rules let one see, in words), `demo`.
"""

"""A family's own pages about itself: its household, its persons, what it changes and confirms; who may open its file.

Words: a *field* is a fact that a family may see or change; a *change* is what it asked, done at once or once an
agent approved it; a *confirmation* says « Tout est exact »; an *invitation* offers an access; a *separation* freezes
what is shared; *coming of age* is announced.
Doors: `for_dashboard`, `portraits`, `sight` (what the rules let one see, in words), `demo`.
"""

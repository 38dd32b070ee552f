"""A family's own pages about itself: its household, its persons, what it changes and confirms.

Words: a *field* is a fact that a family may see or change; a *change* is what it asked, done at once or once an
agent approved it; a *confirmation* says « Tout est exact ».
Doors: `for_dashboard`, `portraits`, `demo_changes`.
"""

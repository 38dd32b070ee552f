"""A family's own pages about itself: its household, its persons, its profile. Read-only for now.

Doors: `for_dashboard`, `portraits`.
"""

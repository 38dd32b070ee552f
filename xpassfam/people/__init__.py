"""Persons, households, residences and accesses: the facts, and who sees them."""

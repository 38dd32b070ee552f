"""Xpassfam, « Mon compte »: a family's secure online account with its organisation."""

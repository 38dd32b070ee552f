"""Law and criteria as plain functions: no Django, no clock, no query, no wording."""

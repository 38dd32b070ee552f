"""The agents' first page, and what families reported: a file per page."""

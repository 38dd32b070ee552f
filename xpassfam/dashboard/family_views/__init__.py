"""What a family reads first, and what was done: a file per page."""

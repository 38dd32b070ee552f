"""The first page of the organisation's people."""

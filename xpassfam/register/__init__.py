"""The organisation's own list of members, read from its files and kept in step."""

"""The desk of the assistance."""

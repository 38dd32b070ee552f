"""The only writers of this room: a file per matter."""

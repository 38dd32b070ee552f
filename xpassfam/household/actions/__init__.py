"""What a family decides about its file: the facts are written by `people`, told by mail from here."""

"""The only writers of documents: a file per moment of their life."""

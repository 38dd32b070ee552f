"""The only writers of certificates and of their papers."""

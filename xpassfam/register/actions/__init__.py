"""The only writers of imports: a file per matter."""

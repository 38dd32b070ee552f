"""What agents read and do about a filing: a file per matter."""

"""What families and agents fill in about a filing: a file per matter."""

"""What agents read and do about accounts: a file per matter."""

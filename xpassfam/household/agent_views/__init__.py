"""What agents see and do about families: a file per matter."""

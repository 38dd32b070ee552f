"""What families, agents and administrators fill in: a file per matter."""

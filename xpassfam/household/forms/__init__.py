"""What families, agents and administrators fill in."""

"""What a family or an agent types about accesses: a file per matter."""

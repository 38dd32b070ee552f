"""The only writers of persons, households, residences and accesses: a file per matter."""

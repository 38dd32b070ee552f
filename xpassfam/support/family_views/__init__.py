"""Pages of whoever is signed in: their tickets."""

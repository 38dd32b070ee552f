"""What is done with a person's own data: a file per subject."""

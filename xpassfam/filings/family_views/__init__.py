"""What a family files, and how it follows it: a file per moment."""

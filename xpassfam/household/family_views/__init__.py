"""What a family reads about itself, changes and decides about its file: a file per matter."""

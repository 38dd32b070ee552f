"""What a family reads about itself and decides about its file: a file per matter."""

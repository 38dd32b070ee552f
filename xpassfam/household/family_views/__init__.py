"""What a family reads about itself, changes and confirms."""

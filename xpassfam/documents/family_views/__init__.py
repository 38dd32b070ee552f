"""What families read and give of their documents."""

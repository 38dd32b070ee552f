"""What the pages of those who decide are made of."""

"""The first page after sign-in: it gathers what rooms hand to it, and holds no facts of its own."""

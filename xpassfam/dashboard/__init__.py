"""The family's home page: gathers what other rooms hand it; no facts of its own."""

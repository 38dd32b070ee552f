"""A new address of sign-in, from the asking to the confirmation, and what undoes it."""

"""Rules as the organisation writes and reads them, and a family's rights as its agents see them."""

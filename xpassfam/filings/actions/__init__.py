"""The only writers of filings, a file per side: the family, the desk, the clock."""

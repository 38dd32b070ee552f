"""Agents read filings and decide them: a file per matter."""

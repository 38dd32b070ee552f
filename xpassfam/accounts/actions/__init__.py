"""The only writers of accounts: a file per journey."""

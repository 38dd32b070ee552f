"""What people type into the pages of accounts: shape only, the actions know the rules."""

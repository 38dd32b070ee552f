"""The pages of the household and of one's own profile."""

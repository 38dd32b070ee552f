"""A person's own access: sign-up, sign-in, passwords, sessions, devices, staff roles, page frames."""

"""The demonstration: families who can sign in, their mails, on any machine."""

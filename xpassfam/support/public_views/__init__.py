"""Pages that open without signing in: the call for help, and the ticket by its link."""

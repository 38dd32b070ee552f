"""Pages open to anybody: signing in and out, signing up, a forgotten password, a pause."""

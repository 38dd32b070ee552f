"""The check of a visitor's own browser: what it told (`report`), what that means and what to do next (`judging`)."""

"""Django's PostgreSQL, for `DATABASES`: where the server is away, pages say so at once."""

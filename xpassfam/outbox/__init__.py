"""Messages to send: written with their cause, sent by the worker, never lost."""

"""The assistance: tickets, read and answered within the promise, by whoever can sign in and whoever can't.

Words: a *ticket* is one call for help, with its messages; it is *proved* when its writer was signed in or showed that
they read the mailbox of the account; an *incident* is the event behind an error page, known by its code.
Doors: `support.actions`, `support.measuring.figure`.
"""

"""A family files a procedure, follows it, and an agent decides.

A *filing* is one life of a procedure: drafted, filed, examined, decided, sometimes contested. `states` says what may
follow what; `actions` are the only writers; `effects` is the one place where a decision touches other rooms.
"""

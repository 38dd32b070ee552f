"""A person's own data: what is held and why, all of it to take away, the end of an account, what time deletes.

Words: an *export* is the archive of one person's data; a *closing* is an account that is to go (`accounts`); a *rule*
says what is deleted after how long; a *run* is what the worker did of it one night.
Doors: rooms hand their part in `for_privacy.py` (`ui.own_data`), gathered in `sources`. No facts of a family here.
"""

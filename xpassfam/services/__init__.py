"""What the organisation and its partners offer families: services, useful files, useful numbers.

Words: a *service* is open from a day to another, or always; a *category* is a shelf of the catalogue; a *claim* is
whether somebody of the home may have what a right opens. Doors: `catalogue`, `useful`, `claims`, `demo`.
"""

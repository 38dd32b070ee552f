"""The organisation's files become facts: read, judged row by row, applied at once.

Doors: `actions.import_files`, `manage.py import_register`.
"""

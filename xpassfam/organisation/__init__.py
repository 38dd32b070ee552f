"""Who runs this portal: its brand, its contacts, its legal profile and texts, its choices, its maintenance.

One row, read everywhere through `models.current()`, changed in `/admin/` or by `manage.py configure_organisation`.
Words: organisation, legal profile, legal notice, brand sheet, notice, maintenance window.
"""

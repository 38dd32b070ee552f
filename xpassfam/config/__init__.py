"""Settings, root addresses, menus. Nobody imports it."""

"""Typesetting: from a model and data to an accessible, archivable PDF. Knows neither families nor the organisation."""

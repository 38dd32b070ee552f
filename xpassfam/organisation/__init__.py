"""Who runs this portal: brand, contacts, legal profile and texts, maintenance."""

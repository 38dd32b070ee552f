"""What families type about a filing, besides the answers of its procedure."""

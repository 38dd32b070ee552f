"""The face of the portal: tokens, components, layouts. No table, no fact."""

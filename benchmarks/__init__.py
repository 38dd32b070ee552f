"""How fast the portal is, as ratios within one run, and whether its timing tells who has an account."""

"""What waits for agents, and how the work goes: a file per page."""

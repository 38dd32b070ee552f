"""What waits for agents: the queue, its search, the figures. It gathers, and has no facts of its own."""

"""What is asked of whoever calls for help, and of agents."""

"""Work done after the request: a queue with lease, retries and back-off, and the schedule."""

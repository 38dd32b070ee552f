"""The second step: asking for it, judging an answer, and what an owner turns on or off."""

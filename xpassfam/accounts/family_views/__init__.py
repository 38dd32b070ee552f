"""What a signed-in person does with their own account."""

"""What a person does with their own data: a file per page."""

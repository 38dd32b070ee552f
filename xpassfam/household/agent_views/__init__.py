"""What agents do with what families say of themselves."""

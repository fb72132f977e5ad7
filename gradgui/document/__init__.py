"""What the user drew, as frozen values."""

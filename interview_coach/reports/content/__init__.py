"""What the outcome report says: every sentence made from the numbers it stands beside."""

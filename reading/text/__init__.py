"""What did people mean by what they typed? Start at `understand`; the tables beside it are data."""

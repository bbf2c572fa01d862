"""What our templates ask of a campaign."""

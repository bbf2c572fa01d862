"""What our templates ask of the design system."""

"""What is seen in the desktop; imported there alone."""

"""What numpy alone can say of pixels: geometry, values, validity, kernels and measures."""

"""Trains and measures the networks of rs_sr. Runs from a clone; rs_sr never imports it."""

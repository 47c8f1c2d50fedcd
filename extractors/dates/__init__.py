"""Dates in words: their expressions, their values, the stretches of days that they are."""

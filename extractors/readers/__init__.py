"""Formats of files -> texts with what is known of them: one file a format, behind `interface`."""

"""spaCy components that extract attributions, one file each."""

"""Text to attributions: records, readers and the spaCy pipeline."""

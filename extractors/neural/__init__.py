"""The trained model at run time: what it reads of a parsed text, and what its answers mean."""

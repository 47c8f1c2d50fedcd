"""How documents in any number are read: by worker processes, with a journal and a report."""

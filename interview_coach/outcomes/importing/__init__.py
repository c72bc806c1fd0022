"""Other people's files of calls: read, understood, and brought into the log row by row."""

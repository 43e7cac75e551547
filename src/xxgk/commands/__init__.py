"""One module per command: ``run(arguments)`` prints, and returns the exit code."""

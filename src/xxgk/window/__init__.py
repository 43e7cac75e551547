"""The small window, for computers on which no macro runs."""

"""Tables of numbers that other programs made: found by their labels, taken where that is certain."""

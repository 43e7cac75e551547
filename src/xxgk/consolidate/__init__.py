"""Many units' reports into one: who handed in what, the sums, and what stands against them."""

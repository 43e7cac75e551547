"""What this computer has and lets us do: asked through ``Machine``, so that any computer can be described in a test."""

"""What several tests share: the form, sample reports, Hypothesis strategies, outside programs."""

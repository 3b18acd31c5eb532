"""What was said in a LIVE, counted and set beside its minutes. It finds data and writes no sentence."""

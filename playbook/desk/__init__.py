"""Many shops at once: what each comes to at a glance, and which of them need somebody."""

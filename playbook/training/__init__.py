"""Training for people who sell LIVE."""

"""Open on a phone: a second process on the home network that serves one LIVE, behind a one-time code."""

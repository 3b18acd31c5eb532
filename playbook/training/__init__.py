"""Lessons, drills and the practice LIVE, all made of the same playbook and the same review."""

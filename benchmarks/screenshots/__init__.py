"""Pictures of dashboards with their truth, and how well they are read (`python -m benchmarks.screenshots`)."""

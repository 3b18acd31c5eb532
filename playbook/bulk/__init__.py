"""Many shops at once: a folder of exports, Parquet or the store, reviewed on all cores or on a cluster."""

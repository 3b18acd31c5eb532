"""The calls of the store, by what they are about; `Store` is all of them together."""

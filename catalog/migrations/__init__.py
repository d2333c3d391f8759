"""One history for both engines, applied by `catalog.schema.upgrade`."""

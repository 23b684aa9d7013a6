"""How far to believe a result: a raster and what became of it, measured and shown on one page, ``rs-sr report``."""

"""From a plan to a result: what is decided, what is looked at, the tile, and who runs it where."""

"""The ways in: the command line, the worker that QGIS talks to, and what they offer beside a run."""

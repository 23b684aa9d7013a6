"""Super-resolution for QGIS. The work is done by rs-sr in a Python of its own; this package only talks to it."""


def classFactory(iface):
    """What QGIS calls to load the plugin."""
    from .plugin import SuperResolutionPlugin

    return SuperResolutionPlugin(iface)

"""Commands of the backend that reach the network: through QGIS's proxy, and with the certificates that QGIS trusts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy, QSslConfiguration

from . import backend
from .messages import translate
from .tasks import run_command


class Network:
    """What QGIS knows of the way out. Made on the main thread, used in any."""

    def __init__(self) -> None:
        self._proxy = _proxy()
        self._certificates = _certificates()

    def call(
        self,
        program: str,
        arguments: list[str],
        scratch: Path,
        on_line: Callable[[str], None] = lambda line: None,
        is_cancelled: Callable[[], bool] = lambda: False,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[int, str]:
        """As `run_command`, with more `variables`; once more where the command does not know who signed a certificate.
        The second time it trusts who QGIS trusts, named in a file in `scratch`."""
        more = self._proxy | dict(variables)
        code, said = run_command(program, arguments, on_line, is_cancelled, more=more)
        if code != 0 and self._certificates and backend.distrusts(said):
            on_line("== " + translate("RsSr", "Again, with the certificates that QGIS trusts"))
            trusted = scratch / "trusted.pem"
            trusted.write_bytes(self._certificates)
            more |= backend.trusting(str(trusted))
            code, said = run_command(program, arguments, on_line, is_cancelled, more=more)
        return code, said


def _proxy() -> dict[str, str]:
    """QGIS's own proxy settings."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    if proxy.type() != QNetworkProxy.ProxyType.HttpProxy:
        return {}
    return backend.proxy_variables(proxy.hostName(), proxy.port(), proxy.user(), proxy.password())


def _certificates() -> bytes:
    """The authorities that QGIS trusts, the system's among them, as PEM; empty where it knows none."""
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        return b"".join(bytes(known.toPem()) for known in QSslConfiguration.systemCaCertificates())
    return bytes(manager.trustedCaCertsPemText())

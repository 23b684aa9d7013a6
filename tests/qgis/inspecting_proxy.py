"""A proxy that looks into TLS, as companies have: `inspecting_proxy.py CHAIN KEY FOLDER`. It prints its port.

Whatever host is asked for, it answers in its stead, with a certificate of its own authority and the files of FOLDER.
"""

from __future__ import annotations

import functools
import http.server
import ssl
import sys

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])


class Proxy(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except OSError:  # whoever does not trust it hangs up
            self.close_connection = True
            return
        self.close_connection = False
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)


handler = functools.partial(Proxy, directory=sys.argv[3])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
print(server.server_address[1], flush=True)
server.serve_forever()

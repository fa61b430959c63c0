"""A proxy on loopback that says who somebody is, as nginx or Apache do in front of a server."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

END_OF_HEAD = b"\r\n\r\n"


@contextmanager
def proxying(server: str, headers: Mapping[str, str]) -> Iterator[str]:
    """A proxy in front of `server` that sets some headers of each connection's first request
    (a socket's only one); what comes from outside under these names is stripped."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            head = b""
            while END_OF_HEAD not in head:
                if not (some := self.request.recv(65536)):
                    return
                head += some
            with socket.create_connection(("localhost", int(server.rsplit(":", 1)[1]))) as behind:
                behind.sendall(_with_headers(head, headers))
                back = threading.Thread(target=_pass_on, args=(behind, self.request), daemon=True)
                back.start()
                _pass_on(self.request, behind)
                back.join()

    class Proxy(ThreadingTCPServer):
        daemon_threads = True

    with Proxy(("127.0.0.1", 0), Handler) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield f"http://localhost:{proxy.server_address[1]}"
        finally:
            proxy.shutdown()


def _with_headers(content: bytes, headers: Mapping[str, str]) -> bytes:
    head, end, rest = content.partition(END_OF_HEAD)
    first, *lines = head.split(b"\r\n")
    names = tuple(f"{name.lower()}:".encode() for name in headers)
    kept = [line for line in lines if not line.lower().startswith(names)]
    added = [f"{name}: {value}".encode() for name, value in headers.items()]
    return b"\r\n".join([first, *kept, *added]) + end + rest


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(65536):
            target.sendall(some)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)

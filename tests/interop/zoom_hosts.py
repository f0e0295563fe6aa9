"""zoom.us and api.zoom.us for clients that know no other hosts: a CONNECT proxy that leads them to the sandbox.

A client is pointed here as any company network would: by ``HTTPS_PROXY`` and a certificate authority of its own. It
speaks TLS to the names it has built in, and nothing of it is changed.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = ("zoom.us", "api.zoom.us")


class ZoomHosts:
    """Serves `HOSTS` over TLS by handing every byte to a sandbox on ``port``.

    Attributes:
        environment: the two variables that point a client here.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self._port = port
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate = folder / "zoom.pem"
        certificate.write_bytes(_certificate())
        self._tls.load_cert_chain(certificate)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.environment = {
            "HTTPS_PROXY": f"http://127.0.0.1:{self._listening.getsockname()[1]}",
            "REQUESTS_CA_BUNDLE": str(certificate),
            "NO_PROXY": "",
        }

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed at the end
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += client.recv(4096)
            host = asked.split()[1].decode().partition(":")[0]
            if not asked.startswith(b"CONNECT ") or host not in HOSTS:
                client.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
                return
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            with self._tls.wrap_socket(client, server_side=True) as secure:
                self._bridge(secure)

    def _bridge(self, secure: ssl.SSLSocket) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as sandbox:
            back = threading.Thread(target=_copy, args=(sandbox, secure), daemon=True)
            back.start()
            _copy(secure, sandbox)
            with contextlib.suppress(OSError):
                sandbox.shutdown(socket.SHUT_WR)
            back.join(timeout=5)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while got := source.recv(65536):
            target.sendall(got)


def _certificate() -> bytes:
    """Return a key and a certificate for `HOSTS` that is its own authority, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOSTS[0])])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, pkcs8, plain) + certificate.public_bytes(pem)

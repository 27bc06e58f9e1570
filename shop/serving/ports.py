"""Ports, bound before anything else is started, so that a taken one is found at once."""

import errno
import socket

from shop.environment import BadSetting

BACKLOG = 2048


def listening(host: str, port: int, setting: str) -> socket.socket:
    """A socket that listens there; requests wait in it until a process takes them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise BadSetting(
            f"The host {host!r} is unknown; set SHOP_HOST to an address of this machine."
        ) from None
    family, kind, protocol, _, address = found[0]
    opened = socket.socket(family, kind, protocol)
    try:
        # Without it a restart would have to wait a minute for the last connections to fade.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(BACKLOG)
    except OSError as problem:
        opened.close()
        raise BadSetting(_sentence(problem, host, port, setting)) from None
    return opened


def _sentence(problem: OSError, host: str, port: int, setting: str) -> str:
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program; stop it or choose another port by {setting}."
        )
    if problem.errno == errno.EACCES:
        return f"Port {port} on {host} is not for this user; choose one above 1023 by {setting}."
    return f"Nothing can listen on {host} port {port}: {problem.strerror}; see SHOP_HOST and {setting}."

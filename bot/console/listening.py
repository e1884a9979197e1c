"""Where a server of ours will listen: refused clearly before anything is started."""

import socket

from bot.console.output import refuse


def need_free(host: str, port: int) -> None:
    """End the process with a clear line where the host does not exist here, or its port is taken."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        refuse(f"FILROUGE_HOST: {host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of them.")
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            refuse(f"FILROUGE_PORT: this user may not listen on port {port} of {host}. Choose one above 1023.")
        except OSError as wrong:
            refuse(
                f"FILROUGE_PORT: port {port} of {host} cannot be used ({wrong.strerror}). Stop what listens there, "
                "or choose another."
            )

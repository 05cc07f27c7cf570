"""The library `fuchsia.developer.ffx`, of which there is the protocol Echo."""

from dataclasses import dataclass

from . import _protocol


@dataclass
class EchoEchoStringRequest:
    """What is to be echoed."""

    value: str


@dataclass
class EchoEchoStringResponse:
    """What was echoed."""

    response: str


class Echo:
    """A protocol with one method: it returns the string that it is given."""

    class Client(_protocol.Client):
        """Calls an Echo server."""

        async def echo_string(self, *, value):
            """Send a string; return the response with the same string."""
            return await self._call("echo_string", EchoEchoStringRequest(value))

    class Server(_protocol.Server):
        """An Echo server, as it is meant to be."""

        def echo_string(self, request):
            """Return the string."""
            return EchoEchoStringResponse(request.value)

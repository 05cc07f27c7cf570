"""Clients and servers of a protocol whose methods have a request and a response."""

import asyncio

from fuchsia_controller_py import ZxStatus


class ServerError(Exception):
    """A server could not go on."""


def as_channel(end):
    """Return the channel of an end, which may be given as it is or wrapped."""
    return getattr(end, "channel", end)


class Client:
    """The end that calls. A protocol adds its methods."""

    def __init__(self, channel):
        self._channel = as_channel(channel)

    async def _call(self, method, request):
        answer = asyncio.get_running_loop().create_future()
        self._channel.write((method, request, answer))
        self._channel.awaited.append(answer)
        try:
            return await answer
        finally:
            self._channel.awaited.remove(answer)


class Server:
    """The end that answers. A subclass implements the protocol's methods, plain or asynchronous."""

    def __init__(self, channel):
        self._channel = as_channel(channel)

    async def serve(self):
        """Answer requests until the other end is closed. An exception in a method closes this end and is raised."""
        try:
            while True:
                try:
                    method, request, answer = await self._channel.read()
                except ZxStatus:
                    return
                handler = getattr(self, method)
                response = handler(request)
                if asyncio.iscoroutine(response):
                    response = await response
                if not answer.done():
                    answer.set_result(response)
        finally:
            self._channel.close()

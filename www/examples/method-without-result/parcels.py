"""A channel in memory, and the two ends of a small protocol that runs over it."""

import asyncio


class PeerClosed(Exception):
    def __init__(self):
        super().__init__("PEER_CLOSED")


class Channel:
    """Carries requests one way and answers the other, each after a moment."""

    latency = 0.01

    def __init__(self):
        self.requests = None
        self.closed = False

    def open(self):
        if self.requests is None:
            self.requests = asyncio.Queue()
        return self.requests

    async def call(self, value):
        if self.closed:
            raise PeerClosed
        answer = asyncio.get_running_loop().create_future()
        await asyncio.sleep(self.latency)
        await self.open().put((value, answer))
        return await answer


class Echo:
    class Client:
        def __init__(self, channel, loop):
            self._channel = channel
            self._server = loop.create_task(Echo.Server(channel).serve())

        async def echo_string(self, *, value):
            answer = await self._channel.call(value)
            self._server.cancel()  # info: cancel-not-awaited
            return answer

    class Server:
        def __init__(self, channel):
            self._channel = channel

        async def serve(self):
            requests = self._channel.open()
            while True:
                value, answer = await requests.get()
                answer.set_result(value)

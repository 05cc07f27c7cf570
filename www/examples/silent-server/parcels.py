"""A channel in memory with a client at one end and a server at the other."""

import asyncio


class PeerClosed(Exception):
    def __init__(self):
        super().__init__("PEER_CLOSED")


class End:
    def __init__(self):
        self.arrived = asyncio.Queue()
        self.peer = None

    async def send(self, item):
        await asyncio.sleep(0.01)
        await self.peer.arrived.put(item)

    async def receive(self):
        item = await self.arrived.get()
        if item is None:
            raise PeerClosed
        return item

    async def call(self, request):
        await self.send(request)
        return await self.receive()


def channel():
    left, right = End(), End()
    left.peer, right.peer = right, left
    return left, right


class Server:
    def __init__(self, end):
        self.end = end

    async def serve(self):
        try:
            while True:
                await self.end.send(self.answer(await self.end.receive()))
        finally:
            await self.end.send(None)

import asyncio


class Writer:
    """Stands for a stream: what is written waits in a buffer until drain() has sent it."""

    def __init__(self):
        self.buffer, self.sent = [], []

    def write(self, data):
        self.buffer.append(data)

    async def drain(self):
        await asyncio.sleep(0.05)
        self.sent, self.buffer = self.sent + self.buffer, []


async def main():
    writer = Writer()
    writer.write(b"news")
    writer.drain()  # error: coroutine-never-awaited
    await asyncio.sleep(1)
    print("sent:", writer.sent)


asyncio.run(main())

# prints: sent: []
# outcome: completed

"""Subscribers go through what a broker publishes, and leave when they are told."""

import asyncio


class Broker:
    def __init__(self):
        self.queues = set()

    def publish(self, message):
        for queue in self.queues:
            queue.put_nowait(message)

    async def subscribe(self):
        queue = asyncio.Queue()
        self.queues.add(queue)
        try:
            while True:
                message = await queue.get()
                if message is None:
                    return
                yield message
        finally:
            self.queues.discard(queue)


async def listen(broker, name, got):
    async for message in broker.subscribe():
        got.append((name, message))


async def main():
    broker, got = Broker(), []
    async with asyncio.TaskGroup() as group:
        for name in "ab":
            group.create_task(listen(broker, name, got))
        await asyncio.sleep(0)
        broker.publish(1)
        broker.publish(None)
    print(sorted(got))


asyncio.run(main())

"""Publish and subscribe: a subscription is an asynchronous context manager around a queue."""

import asyncio
from contextlib import asynccontextmanager


class Broker:
    def __init__(self):
        self.topics = {}

    @asynccontextmanager
    async def subscribe(self, topic):
        queue = asyncio.Queue()
        self.topics.setdefault(topic, set()).add(queue)
        try:
            yield queue
        finally:
            self.topics[topic].discard(queue)

    def publish(self, topic, message):
        for queue in self.topics.get(topic, ()):
            queue.put_nowait(message)


async def reader(broker, topic, count, ready):
    async with broker.subscribe(topic) as queue:
        ready.set()
        messages = [await queue.get() for _ in range(count)]
    return topic, messages


async def main():
    broker = Broker()
    flags = [asyncio.Event() for _ in range(3)]
    async with asyncio.TaskGroup() as group:
        readers = [
            group.create_task(reader(broker, topic, count, ready))
            for (topic, count), ready in zip([("news", 2), ("news", 1), ("sport", 1)], flags)
        ]
        for ready in flags:
            await ready.wait()
        broker.publish("news", "rain")
        broker.publish("sport", "draw")
        await asyncio.sleep(0.1)
        broker.publish("news", "sun")
    for task in readers:
        print(task.result())


asyncio.run(main())

"""Subscribers have queues of their own, which are shut down at the end."""

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Broker:
    topics: dict = field(default_factory=lambda: defaultdict(set))

    @asynccontextmanager
    async def subscribe(self, topic):
        queue = asyncio.Queue(maxsize=4)
        self.topics[topic].add(queue)
        try:
            yield queue
        finally:
            self.topics[topic].discard(queue)

    async def publish(self, topic, message):
        for queue in tuple(self.topics[topic]):
            await queue.put(message)

    def close(self):
        for queues in self.topics.values():
            for queue in queues:
                queue.shutdown()


async def reader(broker, topic, name, ready):
    seen = []
    async with broker.subscribe(topic) as queue:
        ready.release()
        try:
            while True:
                seen.append(await queue.get())
                await asyncio.sleep(0.01)
        except asyncio.QueueShutDown:
            pass
    return name, seen


async def main():
    broker = Broker()
    ready = asyncio.Semaphore(0)
    async with asyncio.TaskGroup() as group:
        readers = [
            group.create_task(reader(broker, topic, f"{topic}-{n}", ready))
            for topic in ("news", "sport")
            for n in range(2)
        ]
        for _ in readers:
            await ready.acquire()
        for n in range(10):
            await broker.publish("news", f"n{n}")
            if n % 2:
                await broker.publish("sport", f"s{n}")
        broker.close()
    for task in readers:
        print(*task.result())


asyncio.run(main())

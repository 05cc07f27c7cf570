"""Jobs by priority, done by one worker that stops at the last."""

import asyncio
from dataclasses import dataclass, field


@dataclass(order=True)
class Job:
    priority: int
    name: str = field(compare=False)


async def worker(queue):
    done = []
    while not queue.empty():
        job = await queue.get()
        await asyncio.sleep(0.05)
        done.append(job.name)
        queue.task_done()
    return done


async def main():
    queue = asyncio.PriorityQueue()
    for priority, name in [(3, "sweep"), (1, "cook"), (2, "serve")]:
        queue.put_nowait(Job(priority, name))
    print(await worker(queue))


asyncio.run(main())

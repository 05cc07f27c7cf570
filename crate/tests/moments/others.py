"""Where nobody can hold anything, who waits is told."""

import asyncio


async def at_event(event):
    await event.wait()  # 0.5: Event, waited for by at event


async def at_queue(queue):
    await queue.get()  # 0.5: Queue, waited for by at queue


async def at_join(queue):
    await queue.join()  # 0.5: Queue, waited for by at join


async def at_barrier(barrier):
    await barrier.wait()  # 0.5: Barrier, waited for by at barrier


async def main():
    event, queue, left, barrier = asyncio.Event(), asyncio.Queue(), asyncio.Queue(), asyncio.Barrier(2)
    left.put_nowait("undone")
    tasks = [
        asyncio.create_task(at_event(event), name="at event"),
        asyncio.create_task(at_queue(queue), name="at queue"),
        asyncio.create_task(at_join(left), name="at join"),
        asyncio.create_task(at_barrier(barrier), name="at barrier"),
    ]
    await asyncio.sleep(1)
    event.set()
    queue.put_nowait("done")
    left.get_nowait()
    left.task_done()
    await barrier.wait()
    await asyncio.gather(*tasks)


asyncio.run(main())

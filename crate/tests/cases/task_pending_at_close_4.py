"""What the collector still does to a task that was left is no fault of its own: neither of its wait, nor of its clean-up."""

import asyncio


async def consumer(queue):
    while True:
        print(await queue.get())


class Connection:
    async def run(self):
        try:
            await asyncio.Event().wait()
        finally:
            await self.close()

    async def close(self):
        await asyncio.sleep(0.1)  # says: In consequence


loop = asyncio.new_event_loop()
queue = asyncio.Queue()
consuming = loop.create_task(consumer(queue))  # error: task-pending-at-close
running = loop.create_task(Connection().run())  # error: task-pending-at-close
queue.put_nowait("x")
loop.call_later(0.5, loop.stop)
try:
    loop.run_forever()
finally:
    loop.close()

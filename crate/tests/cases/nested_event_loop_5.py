import asyncio


def on_done(task):
    asyncio.run(asyncio.sleep(0.1))  # error: nested-event-loop at `asyncio.run(asyncio.sleep(0.1))`


async def main():
    task = asyncio.create_task(asyncio.sleep(0.1))
    task.add_done_callback(on_done)
    await task
    await asyncio.sleep(0.1)


asyncio.run(main())

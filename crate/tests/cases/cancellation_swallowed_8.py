import asyncio
import contextlib


async def loop_forever():
    while True:
        with contextlib.suppress(asyncio.CancelledError):  # error: cancellation-swallowed
            await asyncio.sleep(1)
            print("tick")


async def main():
    task = asyncio.create_task(loop_forever())
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.wait([task], timeout=3)


asyncio.run(main())

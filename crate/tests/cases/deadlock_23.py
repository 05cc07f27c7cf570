"""A notification that somebody heard was not in vain, though another comes too late for it."""

import asyncio

heard = asyncio.Condition()


async def listen():
    async with heard:
        await heard.wait()
    print("heard")


async def wait():
    await asyncio.sleep(0.2)
    async with heard:
        await heard.wait()  # error: deadlock


async def notify():
    await asyncio.sleep(0.1)
    async with heard:
        heard.notify_all()  # unrelated: deadlock


async def main():
    await asyncio.gather(listen(), wait(), notify())


asyncio.run(main())

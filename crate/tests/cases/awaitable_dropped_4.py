"""What a function only hands on is thrown away by its caller."""

import asyncio


async def send(name):
    await asyncio.sleep(0.1)
    print("to", name)


def send_all(names):
    return asyncio.gather(*map(send, names))


async def main():
    send_all(["ann", "bob"])  # warning: awaitable-dropped at `send_all(["ann", "bob"])`
    await send_all(["eve"])
    await asyncio.sleep(1)


asyncio.run(main())

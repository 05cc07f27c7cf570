"""Functions that serve connections: a plain one is as good, and its exception is the callback's."""

import asyncio


def greet(reader, writer):
    writer.write(b"hello")
    writer.close()


def fails(reader, writer):
    writer.close()
    raise ValueError("no")  # error: exception-in-callback


async def ask(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        print(await asyncio.wait_for(reader.read(), 1))
    except TimeoutError:
        print("no answer")
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(greet, "127.0.0.1", 9001):
        await ask(9001)
    async with await asyncio.start_server(fails, "127.0.0.1", 9003):
        await ask(9003)


asyncio.run(main())

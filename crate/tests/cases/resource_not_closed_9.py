"""Streams whose end is waited for elsewhere, or that are closed on the way out of a failure or a cancellation."""

import asyncio


async def answer(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    await reader.read()
    writer.close()
    await writer.wait_closed()


async def close(stream):
    await stream.wait_closed()


class Client:
    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", 9105)

    async def hang_up(self):
        self.writer.close()

    async def gone(self):
        await self.writer.wait_closed()


async def by_helper():
    _, writer = await asyncio.open_connection("127.0.0.1", 9105)
    writer.close()
    await close(writer)


async def cancelled():
    reader, writer = await asyncio.open_connection("127.0.0.1", 9105)
    try:
        await reader.read()
    finally:
        writer.close()


async def failed():
    reader, writer = await asyncio.open_connection("127.0.0.1", 9105)
    try:
        raise ValueError("no")
    except ValueError:
        writer.close()


async def main():
    async with await asyncio.start_server(answer, "127.0.0.1", 9105):
        client = Client()
        await client.open()
        hanging_up = asyncio.create_task(client.hang_up())
        await hanging_up
        await client.gone()
        await by_helper()
        waiting = asyncio.create_task(cancelled())
        await asyncio.sleep(0.1)
        waiting.cancel()
        await asyncio.wait([waiting])
        await failed()
        await asyncio.sleep(0.1)


asyncio.run(main())

"""A stream that is closed, and not waited for; a server's function need not wait."""

import asyncio


async def answer(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()


async def ask(port, text):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(text)
        await writer.drain()
        print(await reader.readline())
    finally:
        writer.close()  # info: resource-not-closed at `writer.close()`


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 9104)
    async with server:
        await ask(9104, b"ping\n")
        await ask(9104, b"pong\n")
        await asyncio.sleep(0.1)


asyncio.run(main())

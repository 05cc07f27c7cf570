"""A server's function that forgets to close what it is handed is told of itself, not the client, which closes its own."""

import asyncio


async def answer(reader, writer):  # warning: resource-not-closed at `async def`
    writer.write(await reader.readline())
    await writer.drain()


async def ask(port, text):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    print(await reader.readline())
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 9101)
    async with server:
        await ask(9101, b"ping\n")
        await asyncio.sleep(0.5)


asyncio.run(main())

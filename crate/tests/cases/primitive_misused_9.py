"""One stream serves one reader at a time: the second is told of, with the first."""

import asyncio


async def wait(reader, writer):
    await asyncio.sleep(0.5)
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(wait, "127.0.0.1", 9104)
    reader, writer = await asyncio.open_connection("127.0.0.1", 9104)
    first = asyncio.create_task(reader.read(1))  # related: primitive-misused
    await asyncio.sleep(0.1)
    try:
        await reader.readline()  # error: primitive-misused
    except RuntimeError as error:
        print(error)
    print(await first)
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()


asyncio.run(main())

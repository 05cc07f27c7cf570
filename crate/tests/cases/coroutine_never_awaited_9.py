import asyncio

async def handle(reader, writer):
    data = await reader.read(100)
    writer.write(data)
    writer.drain()  # error: coroutine-never-awaited
    writer.close()
    await writer.wait_closed()

async def main():
    async with await asyncio.start_server(handle, "localhost", 8000):
        reader, writer = await asyncio.open_connection("localhost", 8000)
        writer.write(b"x")
        print(await reader.read())
        writer.close()
        await writer.wait_closed()

asyncio.run(main())

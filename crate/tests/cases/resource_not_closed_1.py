import asyncio
async def handle(reader, writer):
    writer.write(b"hello")
    await writer.drain()
    writer.close()
    await writer.wait_closed()
async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)  # warning: resource-not-closed
    print(await reader.read(100))
    del reader, writer
    server.close()
    await server.wait_closed()
asyncio.run(main())

import asyncio
async def handle(r, w):
    data = await r.readline()
    w.write(data.upper())
    await w.drain()
    w.close()
    await w.wait_closed()
async def client(msg):
    r, w = await asyncio.open_connection("127.0.0.1", 9000)
    w.write(msg + b"\n")
    await w.drain()
    print(await r.readline())
    w.close()
    await w.wait_closed()
async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 9000)
    async with server:
        await asyncio.gather(client(b"a"), client(b"b"))
asyncio.run(main())

import asyncio
async def handle(r, w):
    while data := await r.readline():
        w.write(data.upper())
        await w.drain()
    w.close()
async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 9000)
    serving = asyncio.create_task(server.serve_forever())
    r, w = await asyncio.open_connection("127.0.0.1", 9000)
    w.write(b"hi\n")
    print(await r.readline())
    w.close()
    await w.wait_closed()
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        pass
asyncio.run(main())

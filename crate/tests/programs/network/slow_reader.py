"""`drain` waits for a slow reader, and `wait_closed` for what is still to be sent."""

import asyncio


async def read_slowly(reader, writer):
    total = 0
    while data := await reader.read(50_000):
        total += len(data)
        await asyncio.sleep(0.1)
    print("read", total)
    writer.close()


async def main():
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(read_slowly, "127.0.0.1", 5002)
    reader, writer = await asyncio.open_connection("127.0.0.1", 5002)
    waited = 0
    for _ in range(10):
        writer.write(b"z" * 100_000)
        start = loop.time()
        await writer.drain()
        waited += loop.time() - start > 0.05
    print("drain waited", waited > 1)  # prints: drain waited True
    start = loop.time()
    writer.write(b"z" * 60_000)
    writer.close()
    await writer.wait_closed()
    print("the rest took time", loop.time() - start > 0.05)
    await asyncio.sleep(3)
    # prints: the rest took time True
    # prints: read 1060000
    server.close()


asyncio.run(main())

# loopscope: bandwidth=100000, latency=10ms
# A line carries so many bytes a second, each way: a transfer takes its length, and what is sent behind it waits.
import asyncio


async def send(reader, writer):
    size = int(await reader.readline())
    writer.write(bytes(size))
    await writer.drain()
    writer.close()


async def download(size):
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection("127.0.0.1", 8000)
    began = loop.time()
    writer.write(f"{size}\n".encode())
    data = await reader.read()
    writer.close()
    await writer.wait_closed()
    return len(data), round(loop.time() - began, 1)


async def main():
    async with await asyncio.start_server(send, "127.0.0.1", 8000):
        print(await download(50_000))  # prints: (50000, 0.5)
        print(await download(200_000))  # prints: (200000, 2.0)
        print(await asyncio.gather(download(100_000), download(100_000)))  # prints: [(100000, 1.0), (100000, 1.0)]


asyncio.run(main())

# loopscope: disconnect=1s, latency=10ms
"""The line breaks a second after the start: both ends see it."""

import asyncio


async def handle(reader, writer):
    try:
        while True:
            writer.write(await reader.readexactly(4))
    except ConnectionResetError as error:
        print("server:", error, round(asyncio.get_running_loop().time(), 1))


async def main():
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(handle, "localhost", 7000)
    reader, writer = await asyncio.open_connection("localhost", 7000)
    try:
        while True:
            start = loop.time()
            writer.write(b"ping")
            await reader.readexactly(4)
            trip = loop.time() - start
            await asyncio.sleep(0.3)
    except ConnectionResetError as error:
        print("client:", error, "after a round trip of", round(trip, 3))
    # prints: server: [Errno 104] Connection reset by peer 1.0
    # prints: client: [Errno 104] Connection reset by peer after a round trip of 0.02


asyncio.run(main())

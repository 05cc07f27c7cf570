# Each package of the list does what it is known for.
import asyncio
import importlib
import importlib.metadata
import time

import anyio
import anyio.from_thread
import anyio.to_thread
import httpx
import janus
import tenacity
from aiostream import stream
from async_timeout import timeout

aiojobs = importlib.import_module("aiojobs")

print(aiojobs.__version__ == importlib.metadata.version("aiojobs"))  # prints: True
print(importlib.metadata.version("Async_Timeout").split(".")[0])  # prints: 5
try:
    importlib.metadata.version("no-such-package")
except importlib.metadata.PackageNotFoundError as error:
    print(error)  # prints: No package metadata was found for no-such-package


async def answer(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
    await writer.drain()
    writer.close()
    await writer.wait_closed()


def in_a_thread():
    time.sleep(1)
    return anyio.from_thread.run_sync(lambda: "asked the loop")


@tenacity.retry(stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_fixed(1))
async def third_time_lucky(attempts):
    attempts.append(len(attempts))
    if len(attempts) < 3:
        raise OSError("not yet")
    return attempts


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 80)
    async with httpx.AsyncClient() as client:
        print((await client.get("http://127.0.0.1/")).text)  # prints: hello
    server.close()
    await server.wait_closed()

    async with anyio.create_task_group() as group:
        group.start_soon(anyio.sleep, 1)
    with anyio.move_on_after(1):
        await anyio.sleep(10)
    # Its worker is a thread of the package's own, which waits for one job after another.
    for _ in range(2):
        print(await anyio.to_thread.run_sync(in_a_thread))  # prints: asked the loop
    # prints: asked the loop
    print(await third_time_lucky([]))  # prints: [0, 1, 2]

    queue = janus.Queue()
    await asyncio.to_thread(queue.sync_q.put, "from a thread")
    print(await queue.async_q.get())  # prints: from a thread
    await queue.aclose()

    squares = stream.map(stream.range(4), lambda number: number**2)
    print(await stream.list(squares))  # prints: [0, 1, 4, 9]
    try:
        async with timeout(1):
            await asyncio.sleep(2)
    except TimeoutError:
        print("too slow")  # prints: too slow
    async with aiojobs.Scheduler() as scheduler:
        job = await scheduler.spawn(asyncio.sleep(1, "done"))
        print(await job.wait())  # prints: done


asyncio.run(main())

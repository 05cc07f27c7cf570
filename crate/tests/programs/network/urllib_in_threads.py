"""Blocking requests in threads, answered by a server in the loop, and a log that a thread writes."""

import asyncio
import http.client
import json
import logging
import logging.handlers
import queue
import urllib.request
import zipfile


async def handle(reader, writer):
    line = await reader.readline()
    while (await reader.readline()).strip():
        pass
    await asyncio.sleep(0.2)
    body = json.dumps({"path": line.split()[1].decode()}).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body))
    await writer.drain()
    # The rest comes later: whoever reads it waits in the middle of an answer.
    await asyncio.sleep(0.1)
    writer.write(body)
    writer.close()
    await writer.wait_closed()


def fetch(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.status, json.load(answer)["path"]


def fetch_by_hand(path):
    connection = http.client.HTTPConnection("127.0.0.1", 8080)
    connection.request("GET", path)
    return connection.getresponse().read()


async def main():
    loop = asyncio.get_running_loop()
    async with await asyncio.start_server(handle, "127.0.0.1", 8080):
        start = loop.time()
        urls = [f"http://127.0.0.1:8080/{number}" for number in range(3)]
        print(await asyncio.gather(*(asyncio.to_thread(fetch, url) for url in urls)))
        # prints: [(200, '/0'), (200, '/1'), (200, '/2')]
        print(round(loop.time() - start, 1))  # prints: 0.3
        print(await loop.run_in_executor(None, fetch_by_hand, "/x"))  # prints: b'{"path": "/x"}'


records = queue.Queue()
handler = logging.FileHandler("app.log")
handler.setFormatter(logging.Formatter("%(levelname)s %(taskName)s %(message)s"))
listener = logging.handlers.QueueListener(records, handler)
listener.start()
logger = logging.getLogger("app")
logger.addHandler(logging.handlers.QueueHandler(records))


async def log():
    logger.warning("slow %s", "disk")


asyncio.run(main())
asyncio.run(log())
listener.stop()
print(open("app.log").read().split())  # prints: ['WARNING', 'Task-16', 'slow', 'disk']

with zipfile.ZipFile("all.zip", "w") as archive:
    archive.write("app.log")
print(zipfile.ZipFile("all.zip").namelist())  # prints: ['app.log']

# leaves: all.zip 138
# leaves: app.log 26

"""The simulated hosts: one answers what it gets, one is a web server, one is slow, one never answers."""

import asyncio
import urllib.request


async def get(host, path="/"):
    reader, writer = await asyncio.open_connection(host, 80)
    writer.write(f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer.splitlines()[0]


async def main():
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection("echo.test", 7)
    writer.write(b"anyone there?\n")
    print(await reader.readline())  # prints: b'anyone there?\n'
    writer.close()
    print(await get("example.com"))  # prints: b'HTTP/1.1 200 OK'
    start = loop.time()
    print(await get("slow.test"), round(loop.time() - start))  # prints: b'HTTP/1.1 200 OK' 2
    try:
        async with asyncio.timeout(3):
            await get("silent.test")
    except TimeoutError:
        print("no answer")  # prints: no answer
    page = await asyncio.to_thread(lambda: urllib.request.urlopen("http://example.com/").read())
    print(b"simulated web server" in page)  # prints: True


asyncio.run(main())

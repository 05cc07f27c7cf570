# resource-not-closed: close it and wait
# prints: b'hello'

import asyncio

async def greet(reader, writer):
    writer.write(b'hello')
    await writer.drain()
    writer.close()
    await writer.wait_closed()

async def ask():
    reader, writer = await asyncio.open_connection('127.0.0.1', 8888)
    return await reader.read(100)

async def main():
    async with await asyncio.start_server(greet, '127.0.0.1', 8888):
        print(await ask())

asyncio.run(main())

# legacy-asyncio: leave the `loop` argument out
# prints: 1

import asyncio

async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue(3, loop=loop)
    await queue.put(1)
    print(queue.qsize())

asyncio.run(main())

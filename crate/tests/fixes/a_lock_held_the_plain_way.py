# wrong-async-protocol: make it `async`
# prints: held

import asyncio

async def main():
    lock = asyncio.Lock()
    with lock:
        print('held')

asyncio.run(main())

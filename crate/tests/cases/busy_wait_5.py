import asyncio
from collections import deque
buffer = deque()
async def reader():
    while True:
        if buffer:
            item = buffer.popleft()
            if item is None:
                return
            print(item)
        await asyncio.sleep(0)  # warning: busy-wait
async def writer():
    for item in (1, None):
        await asyncio.sleep(0.02)
        buffer.append(item)
async def main():
    await asyncio.gather(reader(), writer())
asyncio.run(main())

# dangling-task: keep a reference
# prints: tick

import asyncio

async def tick():
    await asyncio.sleep(0.1)
    print('tick')

async def main():
    asyncio.create_task(tick())  # fire and forget
    await asyncio.sleep(0.2)

asyncio.run(main())

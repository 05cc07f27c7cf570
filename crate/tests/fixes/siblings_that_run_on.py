# siblings-outlive-failure: use a `TaskGroup`
# prints: nothing was written

import asyncio

async def fails():
    await asyncio.sleep(0.1)
    raise ValueError('no')

async def writes():
    await asyncio.sleep(0.2)
    print('written after all')

async def main():
    try:
        await asyncio.gather(fails(), writes())
    except ValueError:
        print('nothing was written')
    await asyncio.sleep(1)

asyncio.run(main())

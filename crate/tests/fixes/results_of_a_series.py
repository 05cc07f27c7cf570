# exception-swallowed-by-gather: use a `TaskGroup`
# prints: failed

import asyncio

async def fetch(number):
    await asyncio.sleep(0.1)
    if number > 5:
        raise ValueError(number)
    return number

async def main():
    try:
        found = await asyncio.gather(*(fetch(number) for number in (6, 7)))
        print(found)
    except ValueError:
        print('failed')

asyncio.run(main())

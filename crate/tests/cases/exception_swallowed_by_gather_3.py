"""To wait for the tasks is not to look at what they raised."""

import asyncio


async def refused(n):
    await asyncio.sleep(n)
    raise OSError(n)  # error: exception-swallowed-by-gather


async def main():
    tasks = [asyncio.create_task(refused(n)) for n in (0.1, 0.2)]
    try:
        await asyncio.gather(*tasks)
    except OSError:
        await asyncio.wait(tasks)


asyncio.run(main())

"""Who goes through `as_completed()` waits for the tasks that it made: the wait of one of them is the cause."""

import asyncio


async def never():
    await asyncio.get_running_loop().create_future()  # error: deadlock


async def main():
    for result in asyncio.as_completed([never()]):
        print(await result)  # related: deadlock # says: for `as_completed()`


asyncio.run(main())

"""A spinner turns while the work is done, and is stopped and waited for when it is."""

import asyncio
import itertools


async def spin(text):
    for sign in itertools.cycle("|/-\\"):
        print(f"{sign} {text}")
        try:
            await asyncio.sleep(0.25)
        except asyncio.CancelledError:
            print("done", text)
            raise


async def work():
    await asyncio.sleep(1.1)
    return 42


async def main():
    spinner = asyncio.create_task(spin("thinking"))
    result = await work()
    spinner.cancel()
    await asyncio.gather(spinner, return_exceptions=True)
    print(result)


asyncio.run(main())

"""A function was called where it should have been given."""

import asyncio


def ring():
    print("rung")


async def main():
    asyncio.get_running_loop().call_later(0.1, ring())  # error: exception-in-callback # says: without the parentheses
    await asyncio.sleep(0.2)


asyncio.run(main())

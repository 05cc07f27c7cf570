# What is thrown into a task lives until its step is over, and so do the frames that it came through.
import asyncio


class Connection:
    def __del__(self):
        print("closed in", asyncio.current_task())


async def use():
    connection = Connection()
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(3)
    except TimeoutError:
        print("too late")  # prints: too late


async def main():
    await use()
    print("after")  # prints: after


asyncio.run(main())  # prints: closed in None

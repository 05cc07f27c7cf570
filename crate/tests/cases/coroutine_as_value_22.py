"""A call that is a coroutine itself is one, whatever else stands in it."""

import asyncio


class Response:
    async def json(self):
        await asyncio.sleep(0)
        return ["a"]


async def get():
    await asyncio.sleep(0)
    return Response()


async def main():
    for key in (await get()).json():  # error: coroutine-as-value # says: This is a coroutine, not its result
        print(key)


try:
    asyncio.run(main())
except TypeError as error:
    print(error)

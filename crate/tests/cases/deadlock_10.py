import asyncio


class Request:
    def __init__(self):
        self.reply = asyncio.get_running_loop().create_future()

    async def result(self):
        return await self.reply  # error: deadlock at `await self.reply`


async def main():
    print(await Request().result())


asyncio.run(main())

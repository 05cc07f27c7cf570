import asyncio


class Db:
    def connect(self):
        return self

    async def query(self):
        return [1]


async def main():
    db = await Db().connect()  # error: await-non-awaitable at `await Db().connect()`
    print(await db.query())


asyncio.run(main())

import asyncio


class User:
    @property
    async def name(self):
        await asyncio.sleep(0)
        return "ann"


async def main():
    user = User()
    user.name  # error: coroutine-never-awaited at `user.name`
    print("x")


asyncio.run(main())

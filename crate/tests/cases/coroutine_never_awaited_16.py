import asyncio


class Api:
    async def get(self):
        await asyncio.sleep(0.01)
        return 1

    def fetch(self):
        return self.get()


async def main():
    api = Api()
    api.fetch()  # error: coroutine-never-awaited at `api.fetch()`


asyncio.run(main())

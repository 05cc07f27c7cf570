import asyncio


class Client:
    """Stands for a network client that belongs to the loop it is made in."""

    def __init__(self):
        self._loop = asyncio.get_running_loop()

    async def get(self, path):
        await asyncio.sleep(0.1)
        return f"contents of {path}"


class Catalogue:
    def __init__(self, client):
        self.client = client

    async def title(self):
        return await self.client.get("/title")


async def main():
    print(await Catalogue(Client()).title())


asyncio.run(main())

# prints: contents of /title
# outcome: completed

import asyncio


class Client:
    """Stands for a network client that belongs to the loop it is made in."""

    def __init__(self):
        self._loop = asyncio.get_running_loop()  # error: no-running-loop

    async def get(self, path):
        await asyncio.sleep(0.1)
        return f"contents of {path}"


class Catalogue:
    client = Client()

    async def title(self):
        return await self.client.get("/title")


print(asyncio.run(Catalogue().title()))

# outcome: raised

import asyncio

import aiohttp


class Catalogue:
    client = aiohttp.ClientSession()  # error: no-running-loop

    async def title(self):
        async with self.client.get("http://localhost:8080/title") as answer:
            return await answer.text()


print(asyncio.run(Catalogue().title()))

# outcome: raised

import asyncio

# Both look whether it is still alive, and it is.
class Client:
    def __init__(self):
        self.connection = 1
        self.made = 1

    async def ensure(self):
        connection = self.connection
        if await self.is_broken(connection):
            self.connection = await self.renew(connection)
        return self.connection

    async def is_broken(self, connection):
        await asyncio.sleep(0.01)
        return connection < 0

    async def renew(self, connection):
        await asyncio.sleep(0.01)
        self.made += 1
        return connection + 1

async def main():
    client = Client()
    print(await asyncio.gather(client.ensure(), client.ensure()))
    assert client.made == 1

asyncio.run(main())

import asyncio

class Pool:
    def __init__(self):
        self.connections = {}
        self.limit = asyncio.Semaphore(5)

    async def wait_turn(self):
        await asyncio.sleep(0.01)

    async def connection(self, host):
        found = self.connections.get(host)
        await self.wait_turn()
        if found is None:
            found = await connect(host)
        self.connections[host] = found
        return found

async def connect(host):
    await asyncio.sleep(0.01)
    return host.upper()

async def main():
    pool = Pool()
    print(await asyncio.gather(pool.connection("a"), pool.connection("a")))

asyncio.run(main())

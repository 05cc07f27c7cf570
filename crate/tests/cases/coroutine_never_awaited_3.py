import asyncio
class Client:
    async def connect(self):
        await asyncio.sleep(0.1)
async def main():
    client = Client()
    client.connect()  # error: coroutine-never-awaited
    asyncio.sleep(1)  # error: coroutine-never-awaited
asyncio.run(main())

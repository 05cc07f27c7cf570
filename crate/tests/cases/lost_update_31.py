import asyncio

# Who is refused waits a moment, and goes without having written.
places = {"hall": 1}
refused = []

async def ask(left):
    await asyncio.sleep(0.01)
    return left > 0

async def tell(name):
    await asyncio.sleep(0.01)
    refused.append(name)

async def book(hall, name):
    left = places[hall]
    if not left:
        await tell(name)
        return False
    places[hall] = left - 1
    await asyncio.sleep(0.01)
    return await ask(left)

async def main():
    print(await asyncio.gather(book("hall", "ann"), book("hall", "bob"), book("hall", "eve")))
    assert refused == ["bob", "eve"]

asyncio.run(main())

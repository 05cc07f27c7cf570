import asyncio

counter = 0

async def load():
    await asyncio.sleep(0.01)
    return counter

async def store(value):
    global counter
    await asyncio.sleep(0.01)
    counter = value

async def bump():
    value = await load()
    await store(value + 1)  # error: lost-update

async def main():
    await asyncio.gather(bump(), bump())
    print(counter)

asyncio.run(main())

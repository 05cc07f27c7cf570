import asyncio

# It looks again before it writes, and begins anew if another was faster.
counter = 0

async def count():
    global counter
    while True:
        seen = counter
        await asyncio.sleep(0.01)
        if counter == seen:
            counter = seen + 1
            return

async def main():
    await asyncio.gather(*(count() for _ in range(4)))
    assert counter == 4

asyncio.run(main())

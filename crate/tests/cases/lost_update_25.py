import asyncio

# Only the branch that does not write is ever waited in.
count = 0

async def note(value):
    await asyncio.sleep(0.01)
    print("full at", value)

async def enter(limit):
    global count
    seen = count
    if seen >= limit:
        await note(seen)
        return
    elif seen < 0:
        await note(seen)
    count = seen + 1

async def main():
    await asyncio.gather(*(enter(2) for _ in range(5)))
    assert count == 2

asyncio.run(main())

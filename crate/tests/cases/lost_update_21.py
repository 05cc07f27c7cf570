import asyncio

level = 0

async def measure():
    await asyncio.sleep(0.01)
    return True

async def adjust():
    global level
    seen = level
    up = await measure()
    if up:
        level = seen + 1  # error: lost-update
    else:
        level = seen - 1

async def main():
    await asyncio.gather(adjust(), adjust())
    print(level)

asyncio.run(main())

import asyncio


async def take_turns():
    for _ in range(100):
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(*(take_turns() for _ in range(1_000)))


asyncio.run(main())

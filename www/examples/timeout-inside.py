import asyncio


async def visit(city, hours):
    async with asyncio.timeout(10):
        await asyncio.sleep(hours)
    return city


async def main():
    visits = [visit("Riga", 3), visit("Tartu", 1), visit("Vilnius", 20)]
    print(await asyncio.gather(*visits, return_exceptions=True))


asyncio.run(main())

# prints: ['Riga', 'Tartu', TimeoutError()]
# outcome: completed

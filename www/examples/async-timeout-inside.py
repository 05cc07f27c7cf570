import asyncio

from async_timeout import timeout


async def visit(city, hours):
    async with timeout(10):
        await asyncio.sleep(hours)
    return city


async def main():
    visits = [visit("Riga", 3), visit("Tartu", 1), visit("Vilnius", 20)]
    for result in await asyncio.gather(*visits, return_exceptions=True):
        print(repr(result))


asyncio.run(main())

# prints: 'Riga'
# prints: 'Tartu'
# prints: TimeoutError()
# outcome: completed

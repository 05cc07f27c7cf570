import asyncio


async def visit(city, hours):
    await asyncio.sleep(hours)
    return city


async def main():
    visits = [visit("Riga", 3), visit("Tartu", 1), visit("Vilnius", 2)]
    print(await asyncio.gather(*visits))


asyncio.run(main())

# prints: ['Riga', 'Tartu', 'Vilnius']
# outcome: completed

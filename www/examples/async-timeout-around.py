import asyncio

from async_timeout import timeout


async def visit(city, hours):
    await asyncio.sleep(hours)
    return city


async def main():
    visits = [visit("Riga", 3), visit("Tartu", 1), visit("Vilnius", 20)]
    try:
        async with timeout(10):
            print(await asyncio.gather(*visits))
    except TimeoutError:
        print("too long, for all of them")


asyncio.run(main())

# prints: too long, for all of them
# outcome: completed

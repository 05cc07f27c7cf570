import asyncio

points = {"ann": 0}

async def save(value):
    await asyncio.sleep(0.01)

async def score(name, n):
    old = points[name]
    new = old + n
    await save(new)
    points[name] = new  # error: lost-update

async def main():
    await asyncio.gather(score("ann", 1), score("ann", 2))
    print(points)

asyncio.run(main())

import asyncio

state = {"visits": 0}

async def visit():
    seen = state["visits"]
    await asyncio.sleep(0)
    state["visits"] = seen + 1  # error: lost-update

async def main():
    total = 0

    async def add(number):
        nonlocal total
        total = total + await half(number)  # error: lost-update

    async def half(number):
        await asyncio.sleep(0.1)
        return number / 2

    await asyncio.gather(visit(), visit())
    await asyncio.gather(add(2), add(4))
    print(state, total)

asyncio.run(main())

import asyncio
from contextlib import AsyncExitStack

stock = {"pen": 5}
orders = []

async def reserve(stack, item, count):
    stock[item] -= count
    stack.callback(restock, item, count)
    await asyncio.sleep(0.1)
    orders.append((item, count))

def restock(item, count):
    stock[item] += count

async def order(item, count):
    async with AsyncExitStack() as stack:
        await reserve(stack, item, count)
        stack.pop_all()

async def main():
    task = asyncio.create_task(order("pen", 2))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.wait([task])
    assert stock["pen"] == 5

asyncio.run(main())

import asyncio
from contextlib import AsyncExitStack

stock = {"pen": 5}
orders = []

async def order(item, count):
    async with AsyncExitStack() as stack:
        stock[item] -= count
        await asyncio.sleep(0.1)  # error: unshielded-critical-section
        stack.callback(restock, item, count)
        orders.append((item, count))

def restock(item, count):
    stock[item] += count

async def main():
    task = asyncio.create_task(order("pen", 2))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.wait([task])
    print(stock)

asyncio.run(main())

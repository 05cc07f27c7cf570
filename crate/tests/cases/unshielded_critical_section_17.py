import asyncio
from contextlib import AsyncExitStack

accounts = {"ann": 100, "bob": 0}

async def transfer(source, target, amount):
    async with AsyncExitStack() as stack:
        stack.callback(print, "done with", source)
        accounts[source] -= amount
        await asyncio.sleep(0.1)  # error: unshielded-critical-section
        accounts[target] += amount

async def main():
    request = asyncio.create_task(transfer("ann", "bob", 30))
    await asyncio.sleep(0.05)
    request.cancel()
    await asyncio.wait([request])
    print(accounts)

asyncio.run(main())

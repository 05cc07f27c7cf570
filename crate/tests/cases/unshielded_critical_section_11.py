import asyncio
from contextlib import AsyncExitStack

accounts = {"ann": 100, "bob": 0}

async def transfer(source, target, amount):
    async with AsyncExitStack() as stack:
        accounts[source] -= amount
        stack.callback(give_back, source, amount)
        await asyncio.sleep(0.1)
        stack.pop_all()
        accounts[target] += amount

def give_back(source, amount):
    accounts[source] += amount

async def main():
    request = asyncio.create_task(transfer("ann", "bob", 30))
    await asyncio.sleep(0.05)
    request.cancel()
    await asyncio.wait([request])
    assert accounts == {"ann": 100, "bob": 0}
    await asyncio.wait_for(transfer("ann", "bob", 30), 1)
    print(accounts)

asyncio.run(main())

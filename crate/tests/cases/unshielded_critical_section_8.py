import asyncio

class Account:
    def __init__(self, balance):
        self.balance = balance

async def check(source, target):
    await asyncio.sleep(1)

async def transfer(source, target, amount):
    source.balance -= amount
    await check(source, target)  # error: unshielded-critical-section
    target.balance += amount

async def careful(source, target, amount):
    source.balance -= amount
    try:
        await check(source, target)
        target.balance += amount
    except BaseException:
        source.balance += amount
        raise

async def main():
    a, b = Account(100), Account(0)
    for move in (transfer, careful):
        try:
            await asyncio.wait_for(move(a, b, 40), timeout=0.1)
        except TimeoutError:
            print(a.balance, b.balance)

asyncio.run(main())

import asyncio

# One of the two is refused, and writes nothing.
balance = 100

async def approve(amount):
    await asyncio.sleep(amount / 1000)
    return amount < 90

async def withdraw(amount):
    global balance
    before = balance
    if not await approve(amount):
        print("refused", amount)
        return False
    balance = before - amount
    print("paid", amount)
    return True

async def main():
    print(await asyncio.gather(withdraw(95), withdraw(40)))
    print(await asyncio.gather(withdraw(40), withdraw(95)))
    print(balance)

asyncio.run(main())

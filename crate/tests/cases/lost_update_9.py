import asyncio

balance = 100

async def approve(amount):
    await asyncio.sleep(0.05)
    return amount < 90

async def withdraw(amount):
    global balance
    before = balance
    if not await approve(amount):
        print("refused", amount)
        return False
    balance = before - amount  # error: lost-update
    print("paid", amount)
    return True

async def main():
    print(await asyncio.gather(withdraw(30), withdraw(40)))
    print(balance)

asyncio.run(main())

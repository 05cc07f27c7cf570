import asyncio

class Account:
    def __init__(self, balance):
        self.balance = balance

async def audit():
    await asyncio.sleep(0.01)

async def deposit(acct, amount):
    total = acct.balance
    await audit()
    total += amount
    acct.balance = total  # error: lost-update

async def main():
    acct = Account(10)
    await asyncio.gather(deposit(acct, 5), deposit(acct, 7))
    print(acct.balance)

asyncio.run(main())

import asyncio

# The second has not enough, and writes nothing.
class Account:
    def __init__(self):
        self.balance = 100

async def withdraw(account, name, amount):
    balance = account.balance
    await asyncio.sleep(0.01)
    if balance < amount:
        print(name, "has not enough")
        return
    account.balance = balance - amount
    print(name, "took", amount)

async def main():
    account = Account()
    await asyncio.gather(withdraw(account, "ann", 50), withdraw(account, "bob", 500))
    print(account.balance)

asyncio.run(main())

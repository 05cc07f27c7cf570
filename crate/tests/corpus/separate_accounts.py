"""Each task has an account of its own, so that nothing is lost without a lock."""

import asyncio


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    async def deposit(self, amount):
        balance = self.balance
        await asyncio.sleep(0.05)
        self.balance = balance + amount


async def save(account):
    for amount in (10, 20, 30):
        await account.deposit(amount)


async def main():
    accounts = [Account(owner) for owner in ("ada", "grace", "edsger")]
    await asyncio.gather(*map(save, accounts))
    for account in accounts:
        print(account.owner, account.balance)


asyncio.run(main())

"""An actor: one task owns the state, others send it messages and await the answers."""

import asyncio


class Account:
    def __init__(self):
        self.inbox = asyncio.Queue()
        self.task = asyncio.create_task(self.run())

    async def run(self):
        balance = 0
        while True:
            message = await self.inbox.get()
            if message is None:
                return
            amount, answer = message
            if balance + amount < 0:
                answer.set_exception(ValueError("not enough"))
            else:
                balance += amount
                answer.set_result(balance)

    async def change(self, amount):
        answer = asyncio.get_running_loop().create_future()
        await self.inbox.put((amount, answer))
        return await answer

    async def close(self):
        await self.inbox.put(None)
        await self.task


async def main():
    account = Account()
    print(await account.change(100))
    print(await asyncio.gather(account.change(-60), account.change(-60), return_exceptions=True))
    await account.close()


asyncio.run(main())

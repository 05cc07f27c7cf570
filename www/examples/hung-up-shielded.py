import asyncio


class Ledger:
    """Stands for a database: two rows that belong together, each written after a moment."""

    def __init__(self):
        self.rows = []

    async def insert(self, amount):
        await asyncio.sleep(0.1)
        self.rows.append(-amount)
        await asyncio.sleep(0.1)
        self.rows.append(amount)


async def handler(ledger):
    await asyncio.shield(ledger.insert(25))  # info: dangling-task
    print("answered")


async def main():
    ledger = Ledger()
    request = asyncio.create_task(handler(ledger))
    await asyncio.sleep(0.15)
    request.cancel()  # the client has hung up
    try:
        await request
    except asyncio.CancelledError:
        print("hung up")
    await asyncio.sleep(1)
    print(ledger.rows)


asyncio.run(main())

# prints: hung up
# prints: [-25, 25]
# outcome: completed

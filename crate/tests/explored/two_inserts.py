"""Nobody hangs up in this run; a client that did would leave an order without its invoice."""

import asyncio


class Database:
    def __init__(self):
        self.rows = []

    async def execute(self, statement, *values):
        await asyncio.sleep(0.1)
        self.rows.append((statement, values))


async def handle(database, number):
    await database.execute("INSERT INTO orders VALUES (?)", number)
    await database.execute("INSERT INTO invoices VALUES (?)", number)  # error: unshielded-critical-section


async def main():
    database = Database()
    await asyncio.gather(*(handle(database, number) for number in range(3)))
    print(len(database.rows))


asyncio.run(main())

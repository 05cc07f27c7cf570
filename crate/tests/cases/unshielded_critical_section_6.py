import asyncio
from contextlib import asynccontextmanager

# What is written goes with the task, or is kept as a whole or not at all.
class Database:
    def __init__(self):
        self.rows, self.kept = [], []

    async def execute(self, statement):
        await asyncio.sleep(0.1)
        self.rows.append(statement)

    @asynccontextmanager
    async def transaction(self):
        try:
            yield self
            self.kept += self.rows
        finally:
            self.rows = []

async def store(database):
    async with database.transaction():
        await database.execute("INSERT INTO orders VALUES (1)")
        await database.execute("INSERT INTO invoices VALUES (1)")

async def count():
    left, used = {"a": 3}, {"a": 0}
    left["a"] -= 1
    await asyncio.sleep(1)
    left["a"] += 1
    pending = 0
    pending += 1
    await asyncio.sleep(1)
    pending -= 1
    return left, used, pending

async def main():
    database = Database()
    tasks = [asyncio.create_task(store(database)), asyncio.create_task(count())]
    await asyncio.sleep(0.15)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    assert not database.kept

asyncio.run(main())

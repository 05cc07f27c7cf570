import asyncio
from contextlib import asynccontextmanager

# The connection is the pool's, and stays when the function is left.
class Connection:
    def __init__(self):
        self.rows = []

    async def execute(self, statement, values):
        await asyncio.sleep(0.01)
        self.rows.append((statement, values))

class Pool:
    def __init__(self):
        self.connection = Connection()

    @asynccontextmanager
    async def acquire(self):
        yield self.connection

async def order(pool, user):
    async with pool.acquire() as connection:
        await connection.execute("INSERT INTO orders VALUES (?)", (user,))
        await connection.execute("UPDATE users SET orders = orders + 1", (user,))  # error: unshielded-critical-section

async def collect():
    rows = []
    rows.append(-1)
    await asyncio.sleep(0.01)
    rows.append(1)
    return rows

async def main():
    pool = Pool()
    tasks = [asyncio.create_task(order(pool, "ann")), asyncio.create_task(collect())]
    await asyncio.sleep(0.015)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print(pool.connection.rows)

asyncio.run(main())

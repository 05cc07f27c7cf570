import asyncio

# What is sold has left the store, and no order says so; the second row of an order is written in a loop.
stock = {"apple": 5}
orders = []

class Table:
    def __init__(self):
        self.rows = []

    async def execute(self, statement, *values):
        await asyncio.sleep(0.1)
        self.rows.append((statement, values))

    async def insert(self, kind, row):
        await asyncio.sleep(0.1)
        self.rows.append((kind, row))

async def buy(item, count):
    stock[item] = stock[item] - count
    await asyncio.sleep(1)  # error: unshielded-critical-section
    orders.append((item, count))

async def note(table, items):
    await table.execute("INSERT INTO orders VALUES (1)")
    for item in items:
        await table.execute("INSERT INTO items VALUES (1, ?)", item)  # error: unshielded-critical-section

async def keep(table, request):
    await table.insert("requests", request)
    await table.insert("payments", request)  # error: unshielded-critical-section

async def main():
    table = Table()
    work = (buy("apple", 2), note(table, "ab"), keep(table, "r"))
    tasks = [asyncio.create_task(it) for it in work]
    await asyncio.sleep(0.15)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print(stock, orders, table.rows)

asyncio.run(main())

import asyncio

# Another task of the group fails; the second statement is under way then.
class Database:
    def __init__(self):
        self.rows = []

    async def execute(self, statement, *values):
        await asyncio.sleep(0.1)
        self.rows.append((statement, values))

async def order(database, number):
    await database.execute("INSERT INTO orders VALUES (?)", number)
    await database.execute("INSERT INTO invoices VALUES (?)", number)  # error: unshielded-critical-section

async def check():
    await asyncio.sleep(0.15)
    raise ValueError("not today")

async def main():
    database = Database()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(order(database, 7))
            group.create_task(check())
    except* ValueError as errors:
        print(errors.exceptions, len(database.rows))

asyncio.run(main())

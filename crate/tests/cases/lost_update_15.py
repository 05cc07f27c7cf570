import asyncio

class Database:
    def __init__(self):
        self.rows = {"visits": 0}

    async def read(self, key):
        await asyncio.sleep(0.01)
        return self.rows[key]

    async def write(self, key, value):
        await asyncio.sleep(0.01)
        self.rows[key] = value

async def handle(db):
    visits = await db.read("visits")
    visits += 1
    await db.write("visits", visits)  # error: lost-update

async def main():
    db = Database()
    await asyncio.gather(*(handle(db) for _ in range(3)))
    print(await db.read("visits"))

asyncio.run(main())

import asyncio

# What is written is new, or is made of what was read after the wait.
class Settings:
    def __init__(self):
        self.limit = 1
        self.seen = {}

    async def reload(self):
        limit = self.limit
        await asyncio.sleep(0.01)
        limit = 5
        self.limit = limit

    async def note(self, key):
        count = self.seen.get(key, 0)
        await asyncio.sleep(0.01)
        count = self.seen.get(key, 0)
        self.seen[key] = count + 1

    async def refresh(self):
        old = self.limit
        new = await fetch(old)
        self.limit = new

async def fetch(old):
    await asyncio.sleep(0.01)
    return 7

async def main():
    settings = Settings()
    await asyncio.gather(settings.reload(), settings.reload())
    await asyncio.gather(settings.note("a"), settings.note("a"))
    await asyncio.gather(settings.refresh(), settings.refresh())
    assert settings.seen == {"a": 2}

asyncio.run(main())

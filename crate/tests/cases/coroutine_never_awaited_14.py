import asyncio


class Base:
    async def close(self):
        await asyncio.sleep(0)


class Child(Base):
    async def close(self):
        super().close()  # error: coroutine-never-awaited at `super().close()`
        await asyncio.sleep(0)


asyncio.run(Child().close())

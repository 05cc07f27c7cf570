"""Inherited exit, instance in an attribute, timeout around."""
import asyncio
class Base:
    async def __aenter__(self): return self
    async def __aexit__(self, kind, error, tb):
        if kind is not None and issubclass(kind, asyncio.CancelledError):
            return True  # warning: cancellation-swallowed at `return True`
        return None
class Guard(Base): pass
class App:
    def __init__(self): self.guard = Guard()
    async def run(self):
        async with asyncio.timeout(1):
            async with self.guard:
                await asyncio.sleep(9)
asyncio.run(App().run())

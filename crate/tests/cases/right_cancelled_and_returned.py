import asyncio
async def w(): await asyncio.sleep(9)
class S:
    def __init__(self): self._tasks = {}
    def add(self, k): self._tasks[k] = asyncio.create_task(w())
    def drop(self, k):
        t = self._tasks.pop(k); t.cancel(); return t
async def main():
    s = S(); s.add(1); await asyncio.sleep(0.1)
    t = s.drop(1); await asyncio.sleep(0.1)
    try: await t
    except asyncio.CancelledError: pass
asyncio.run(main())

# task-garbage-collected: keep a reference
# prints: rung

import asyncio

background_tasks = set()

class Bell:
    def __init__(self):
        self.rung = None

    async def wait(self):
        self.rung = asyncio.get_running_loop().create_future()
        await self.rung
        print('rung')

async def main():
    import weakref
    bell = Bell()
    known = weakref.ref(bell)
    asyncio.create_task(bell.wait())
    del bell
    await asyncio.sleep(0.1)
    if known() is not None:
        known().rung.set_result(None)
    await asyncio.sleep(0.1)

asyncio.run(main())

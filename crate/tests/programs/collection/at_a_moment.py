# loopscope: collect-at=1ms
# The collector runs once, after the first step that ends at that moment or later, though the loop is never idle before.
import asyncio
import weakref


class Cell:
    def __init__(self):
        self.itself = self


async def main():
    for word in ("early", "late"):
        weakref.finalize(Cell(), print, word).atexit = False  # prints: early
        for _ in range(1000):
            await asyncio.sleep(0)
    print("over")  # prints: over


asyncio.run(main())

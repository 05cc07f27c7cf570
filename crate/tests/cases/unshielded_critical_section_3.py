import asyncio

# A lock taken by hand is never given back, and a handler that only tells of it does not help.
class Printer:
    def __init__(self):
        self.slots = asyncio.Semaphore(2)
        self.printed = []

    async def print(self, page):
        await self.slots.acquire()
        try:
            await asyncio.sleep(1)  # error: unshielded-critical-section
            self.printed.append(page)
            self.slots.release()
        except asyncio.CancelledError:
            print("cancelled")
            raise

async def main():
    printer = Printer()
    try:
        await asyncio.wait_for(printer.print("a"), 0.5)
    except TimeoutError:
        print(printer.slots)

asyncio.run(main())

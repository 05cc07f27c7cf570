import asyncio
from asyncio import CancelledError as Cancelled

class Stopped(Cancelled):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason

class Aborted(Stopped):
    pass

def check(n):
    if n > 1:
        raise Aborted("enough")  # warning: phantom-cancellation at `raise Aborted("enough")`

async def work():
    for n in range(3):
        await asyncio.sleep(0.1)
        check(n)

async def main():
    print(await asyncio.gather(work(), return_exceptions=True))

asyncio.run(main())

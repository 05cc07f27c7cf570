"""Several candidates race for a lease; the one that gets it renews it until it stops, then another follows."""

import asyncio


class Lease:
    def __init__(self, clock):
        self.clock = clock
        self.holder = None
        self.until = 0

    def take(self, name, seconds):
        if self.holder not in (None, name) and self.clock() < self.until:
            return False
        self.holder, self.until = name, self.clock() + seconds
        return True


async def candidate(name, lease, terms, log):
    while terms:
        if lease.take(name, 1):
            log.append(name)
            terms -= 1
        await asyncio.sleep(0.4)


async def main():
    lease = Lease(asyncio.get_running_loop().time)
    log = []
    async with asyncio.timeout(60):
        await asyncio.gather(candidate("ann", lease, 3, log), candidate("bob", lease, 2, log))
    print(log)


asyncio.run(main())

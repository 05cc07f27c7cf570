"""Whoever finds, after its wait, that another was first, begins anew or leaves: nothing is lost."""

import asyncio


class Page:
    def __init__(self):
        self.text = ""
        self.revision = 0

    async def append(self, letter):
        while True:
            revision, text = self.revision, self.text
            await asyncio.sleep(0.01)
            if revision == self.revision:
                self.text = text + letter
                self.revision += 1
                return


class Seat:
    def __init__(self):
        self.taken_by = None
        self.changes = 0

    async def take(self, who):
        changes = self.changes
        await asyncio.sleep(0.01)
        if self.taken_by is None:
            self.taken_by = who
            self.changes = changes + 1


async def main():
    page = Page()
    await asyncio.gather(page.append("a"), page.append("b"))
    seat = Seat()
    await asyncio.gather(seat.take("Ann"), seat.take("Bob"))
    print(page.text, seat.taken_by, seat.changes)


asyncio.run(main())

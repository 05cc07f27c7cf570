"""Answers are matched to requests by futures, which a reader completes."""

import asyncio


class Client:
    def __init__(self):
        self.waiting = {}
        self.wire = asyncio.Queue()

    async def request(self, number):
        answer = asyncio.get_running_loop().create_future()
        self.waiting[number] = answer
        await self.wire.put(number)
        try:
            return await answer
        finally:
            del self.waiting[number]

    async def read(self):
        while True:
            number = await self.wire.get()
            await asyncio.sleep(0.05)
            if (answer := self.waiting.get(number)) and not answer.done():
                answer.set_result(number * 10)


async def main():
    client = Client()
    reader = asyncio.create_task(client.read())
    print(await asyncio.gather(*(client.request(number) for number in range(4))))
    reader.cancel()
    await asyncio.wait([reader])
    print("waiting:", client.waiting)


asyncio.run(main())

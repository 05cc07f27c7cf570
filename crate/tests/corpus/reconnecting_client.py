"""A client that loses its connection and comes back; it is cancelled in between."""

import asyncio


class Client:
    def __init__(self):
        self.connected = False
        self.last_error = None

    async def run(self):
        while True:
            try:
                await asyncio.sleep(0.1)
                self.connected = True
                await asyncio.sleep(0.3)
                raise ConnectionError("lost")
            except ConnectionError as error:
                self.last_error = str(error)
                self.connected = False
            await asyncio.sleep(0.1)


async def main():
    client = Client()
    task = asyncio.create_task(client.run())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print(client.last_error)


asyncio.run(main())

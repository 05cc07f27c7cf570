import asyncio

import parcels


class Till(parcels.Server):
    def answer(self, order):
        return self.prices[order]  # error: exception-never-retrieved


async def main():
    client, end = parcels.channel()
    serving = asyncio.create_task(Till(end).serve())
    try:
        print(await client.call("tea"))
    except parcels.PeerClosed as problem:
        # All that the client ever hears of an AttributeError on the other side.
        print("client:", problem)
    print("server ended:", serving.done())


asyncio.run(main())

# prints: client: PEER_CLOSED
# prints: server ended: True
# outcome: completed

import asyncio

import aiohttp
from aiohttp import web


class Ledger:
    """Stands for a database: two rows that belong together, each written after a moment."""

    def __init__(self):
        self.rows = []

    async def insert(self, amount):
        await asyncio.sleep(0.1)
        self.rows.append(-amount)
        await asyncio.sleep(0.1)  # error: unshielded-critical-section
        self.rows.append(amount)


LEDGER = web.AppKey("ledger", Ledger)


async def transfer(request):
    try:
        await request.app[LEDGER].insert(25)
    except asyncio.CancelledError:
        print("cancelled between two rows")
        raise
    return web.Response(text="done")


async def main():
    app = web.Application()
    app[LEDGER] = ledger = Ledger()
    app.router.add_post("/", transfer)
    # Since aiohttp 3.7 a handler outlives its client; this brings the older behaviour back.
    runner = web.AppRunner(app, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 8080).start()
    hurry = aiohttp.ClientTimeout(total=0.15)
    try:
        async with aiohttp.ClientSession(timeout=hurry) as session, session.post("http://localhost:8080/"):
            print("answered")
    except TimeoutError:
        print("the client has hung up")
    await asyncio.sleep(1)
    print(ledger.rows)
    await runner.cleanup()


asyncio.run(main())

# prints: the client has hung up
# prints: cancelled between two rows
# prints: [-25]
# outcome: completed

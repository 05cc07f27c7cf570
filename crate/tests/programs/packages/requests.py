# A server and a client of aiohttp exchange a thousand requests, fifty at a time.
import asyncio

import aiohttp
from aiohttp import web


async def double(request):
    return web.json_response(2 * int(request.match_info["number"]))


async def ask(session, number):
    async with session.get(f"http://127.0.0.1:8080/{number}") as answer:
        return await answer.json()


async def main():
    app = web.Application()
    app.router.add_get("/{number}", double)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 8080).start()
    total = 0
    async with aiohttp.ClientSession() as session:
        for first in range(0, 1000, 50):
            total += sum(await asyncio.gather(*(ask(session, first + number) for number in range(50))))
    print(total)  # prints: 999000
    await runner.cleanup()


asyncio.run(main())

import asyncio

import aiohttp
from aiohttp import web


async def greet(request):
    await asyncio.sleep(0.2)
    return web.json_response({"greeting": f"Hello, {request.match_info['name']}"})


async def ask(session, name):
    async with session.get(f"http://localhost:8080/{name}") as answer:
        return (await answer.json())["greeting"]


async def main():
    app = web.Application()
    app.router.add_get("/{name}", greet)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 8080).start()
    async with aiohttp.ClientSession() as session:
        names = ["Ada", "Grace", "Barbara"]
        for greeting in await asyncio.gather(*(ask(session, name) for name in names)):
            print(greeting)
    await runner.cleanup()


asyncio.run(main())

# prints: Hello, Ada
# prints: Hello, Grace
# prints: Hello, Barbara
# outcome: completed

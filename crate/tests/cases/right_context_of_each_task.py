import asyncio
from contextvars import ContextVar
request = ContextVar("request", default="-")
async def log(msg):
    print(request.get(), msg)
async def handle(n):
    request.set(n)
    await asyncio.sleep(0.1)
    await log("handled")  # info: await-never-suspends
async def main():
    request.set("main")
    await asyncio.gather(*(handle(n) for n in range(3)))
    print(request.get())
asyncio.run(main())

"""Each request has a value of its own and puts the former one back: nobody outside of it expects to see it."""
import asyncio
from contextvars import ContextVar

request = ContextVar("request", default="none")


async def handle(n):
    token = request.set(n)
    try:
        await asyncio.sleep(0.01)
        print("in", request.get())
    finally:
        request.reset(token)


async def main():
    await asyncio.gather(*(asyncio.create_task(handle(n)) for n in range(2)))
    print("outside", request.get())


asyncio.run(main())

# A context may take the place in memory of one that is gone, and none of its values.
import asyncio
import contextvars

request = contextvars.ContextVar("request", default="none")


async def query(wanted):
    if request.get() != wanted:
        print("wrong", wanted, request.get())


async def handle(number):
    request.set(number)
    request.get()
    await asyncio.sleep(0.01 * number)
    await asyncio.create_task(query(number))


async def main():
    await asyncio.gather(*map(handle, range(300)))
    print(request.get())  # prints: none


asyncio.run(main())

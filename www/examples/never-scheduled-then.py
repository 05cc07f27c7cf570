import asyncio


@asyncio.coroutine
def probe():
    print("this is not run")


probe()

# outcome: raised

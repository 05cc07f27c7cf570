import asyncio


@asyncio.coroutine  # error: legacy-asyncio
def probe():
    print("this is not run")


probe()

# outcome: raised

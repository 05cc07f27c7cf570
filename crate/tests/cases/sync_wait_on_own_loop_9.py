import asyncio
from concurrent.futures import Future

# What the helper returns is done already when it is called on the loop.
def start(coroutine, loop):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run_coroutine_threadsafe(coroutine, loop)
    coroutine.close()
    done = Future()
    done.set_result(None)
    return done

async def answer():
    return 42

async def main():
    loop = asyncio.get_running_loop()
    print(start(answer(), loop).result())
    print(await asyncio.to_thread(lambda: start(answer(), loop).result()))

asyncio.run(main())

import asyncio
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()

async def answer():
    return 42

def ask(loop):
    return asyncio.run_coroutine_threadsafe(answer(), loop).result()  # related: sync-wait-on-own-loop

def start(loop):
    return pool.submit(ask, loop)

async def main():
    loop = asyncio.get_running_loop()
    print(start(loop).result())  # error: sync-wait-on-own-loop

asyncio.run(main())

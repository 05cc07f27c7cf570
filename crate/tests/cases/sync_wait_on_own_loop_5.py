import asyncio

async def answer():
    return 42

def submit(coroutine, loop):
    return asyncio.run_coroutine_threadsafe(coroutine, loop)

async def main():
    future = submit(answer(), asyncio.get_running_loop())
    try:
        print(future.result(timeout=2))  # error: sync-wait-on-own-loop
    except TimeoutError:
        print("none")

asyncio.run(main())

import asyncio, concurrent.futures, time
async def main():
    with concurrent.futures.ThreadPoolExecutor() as pool:
        fut = pool.submit(time.sleep, 1)
        fut.result()  # warning: blocking-call
asyncio.run(main())

import asyncio, time
def work():
    time.sleep(1)
    return 1
async def main():
    print(await asyncio.to_thread(work))
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, work))
time.sleep(0.5)
asyncio.run(main())
time.sleep(0.5)

import asyncio, threading
async def f():
    print("f")
async def main():
    loop = asyncio.get_running_loop()
    def work():
        loop.create_task(f())  # error: not-thread-safe-call
    t = threading.Thread(target=work)
    t.start()
    await asyncio.sleep(1)
    t.join()
asyncio.run(main())

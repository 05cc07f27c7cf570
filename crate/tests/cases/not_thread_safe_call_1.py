import asyncio, threading
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    def work():
        fut.set_result(1)  # error: not-thread-safe-call
    threading.Thread(target=work).start()
    print(await asyncio.wait_for(fut, 5))
asyncio.run(main())

import asyncio, threading, time
async def main():
    t = threading.Thread(target=time.sleep, args=(1,))
    t.start()
    t.join()  # warning: blocking-call
asyncio.run(main())

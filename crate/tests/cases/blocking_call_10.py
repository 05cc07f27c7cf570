import asyncio
import threading
import time


async def main():
    t = threading.Thread(target=time.sleep, args=(0.5,))
    t.start()
    t.join()  # warning: blocking-call at `t.join()`


asyncio.run(main())

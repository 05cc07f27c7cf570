# blocking-call: move it to a thread
# prints: AAA

import asyncio
import time

def fetch(name, *, times):
    time.sleep(0.5)
    return name * times

async def main():
    print(fetch('a', times=3).upper())

asyncio.run(main())

# blocking-call: move it to a thread
# prints: 7

import asyncio
import time

class Meter:
    def read(self):
        time.sleep(0.2)
        return 7

def meter():
    return Meter()

async def main():
    print(meter().read())

asyncio.run(main())

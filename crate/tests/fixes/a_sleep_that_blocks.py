# blocking-call: use `asyncio.sleep`
# prints: slept

import asyncio
import time

async def main():
    time.sleep(0.5)
    print('slept')

asyncio.run(main())

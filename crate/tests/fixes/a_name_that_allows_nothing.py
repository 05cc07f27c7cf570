# unused-allow: remove the name
# prints: slept

import asyncio
import time

async def main():
    time.sleep(1)  # loopscope: allow dangling-task, blocking-call -- on purpose
    print('slept')

asyncio.run(main())

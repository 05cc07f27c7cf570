# loopscope: signal=SIGINT@3s
"""Control-C ends a service in good order."""

import asyncio


async def serve(log):
    try:
        while True:
            await asyncio.sleep(1)
            log.append("tick")
    finally:
        log.append("closed")


log = []
try:
    asyncio.run(serve(log))
except KeyboardInterrupt:
    print("interrupted:", log)

import asyncio
from contextlib import asynccontextmanager

@asynccontextmanager
async def connection(log):
    log.append("open")
    try:
        async with asyncio.timeout(5):
            yield log
    finally:
        log.append("closed")

async def main():
    log = []
    async with connection(log) as c:
        c.append("used")
    print(log)

asyncio.run(main())

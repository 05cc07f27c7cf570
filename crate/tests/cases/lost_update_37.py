import asyncio

# It puts back what was there.
class Logger:
    def __init__(self):
        self.level = "info"

    async def verbose(self, seconds):
        before = self.level
        self.level = "debug"
        try:
            await asyncio.sleep(seconds)
        finally:
            self.level = before

async def main():
    logger = Logger()
    await asyncio.gather(logger.verbose(0.02), logger.verbose(0.01))
    print(logger.level)

asyncio.run(main())

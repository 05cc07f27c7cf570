import asyncio, logging
logging.basicConfig(level=logging.INFO)
logging.warning("before")
async def main():
    logging.info("inside")
    await asyncio.sleep(0.1)
asyncio.run(main())
logging.warning("after")

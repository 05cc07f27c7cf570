"""The manager stands around the timeout: nothing swallowed."""
import asyncio, contextlib
@contextlib.contextmanager
def quiet():
    try: yield
    except BaseException as e: print("got", type(e))
async def main():
    with quiet():
        async with asyncio.timeout(1):
            await asyncio.sleep(9)
asyncio.run(main())

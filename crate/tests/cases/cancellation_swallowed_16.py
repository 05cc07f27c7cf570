"""Managers around that do not swallow; the handler of a caller does."""
import asyncio, contextlib
@contextlib.asynccontextmanager
async def tx():
    try:
        yield
    except BaseException:
        print("rollback"); raise
class C:
    async def __aenter__(self): return self
    async def __aexit__(self, kind, *rest):
        if kind is asyncio.CancelledError: return False
        return True
async def inner():
    async with tx():
        async with C():
            await asyncio.sleep(9)
async def work():
    try:
        await inner()
    except asyncio.CancelledError:  # warning: cancellation-swallowed at `except asyncio.CancelledError`
        pass
async def main():
    t = asyncio.create_task(work()); await asyncio.sleep(0); t.cancel(); await t
asyncio.run(main())

"""A lock-like class that lets it go, within a generator manager that swallows; other classes named."""
import asyncio, contextlib
class Only:
    def __enter__(self): return self
    def __exit__(self, kind, error, tb):
        if kind is ValueError:
            return True
        return isinstance(error, (KeyError, OSError))
@contextlib.contextmanager
def quiet():
    with contextlib.suppress(asyncio.CancelledError):  # warning: cancellation-swallowed at `contextlib.suppress(asyncio.CancelledError)`
        yield
async def work():
    with quiet(), Only():
        await asyncio.sleep(9)
async def main():
    t = asyncio.create_task(work()); await asyncio.sleep(0); t.cancel(); await t
asyncio.run(main())

import asyncio
class P(asyncio.Protocol):
    def data_received(self, data):
        raise ValueError("bad data")
def cb(fut):
    fut.result()  # error: exception-in-callback
async def main():
    fut = asyncio.get_running_loop().create_future()
    fut.add_done_callback(cb)
    fut.set_exception(ValueError("x"))
    await asyncio.sleep(0.1)
asyncio.run(main())

import asyncio


def note_failure(task):
    try:
        _ = task.result()
    except Exception as problem:
        # Here the problem could be written down.


async def main():
    serving = asyncio.get_running_loop().create_task(serve())
    serving.add_done_callback(note_failure)
    await asyncio.sleep(1)


async def serve():
    raise RuntimeError("the server fell over")


asyncio.run(main())

# outcome: raised

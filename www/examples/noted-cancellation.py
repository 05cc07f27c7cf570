import asyncio


def note_failure(task):
    try:
        _ = task.result()  # error: exception-in-callback
    except Exception as problem:  # a cancellation is no Exception: it leaves the callback
        print("noted:", problem)


async def serve():
    await asyncio.sleep(10)


async def main():
    serving = asyncio.get_running_loop().create_task(serve())
    serving.add_done_callback(note_failure)
    await asyncio.sleep(0.1)
    serving.cancel()
    await asyncio.sleep(0.1)


asyncio.run(main())

# outcome: completed

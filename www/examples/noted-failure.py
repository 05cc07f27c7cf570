import asyncio


def note_failure(task):
    try:
        _ = task.result()
    except Exception as problem:
        print("noted:", problem)


async def serve():
    await asyncio.sleep(0.1)
    raise RuntimeError("the server fell over")


async def main():
    serving = asyncio.get_running_loop().create_task(serve())
    serving.add_done_callback(note_failure)
    await asyncio.sleep(1)


asyncio.run(main())

# prints: noted: the server fell over
# outcome: completed

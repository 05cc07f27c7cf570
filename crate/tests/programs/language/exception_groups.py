# `except*` takes what `except` does, and what is caught keeps where it came from.
import asyncio
import traceback


def caught(error, kind):
    try:
        raise error
    except* kind as group:
        told = repr(group)
    return told


print(caught(KeyboardInterrupt(), KeyboardInterrupt))  # prints: BaseExceptionGroup('', (KeyboardInterrupt(),))
print(caught(ValueError(1), ValueError))  # prints: ExceptionGroup('', (ValueError(1),))


async def waits():
    try:
        await asyncio.sleep(9)
    except* asyncio.CancelledError as group:
        print(group.exceptions)  # prints: (CancelledError(),)


async def cancelled():
    task = asyncio.create_task(waits())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(cancelled())


def part():
    cause = KeyError("cause")
    try:
        try:
            raise ExceptionGroup("all", [ValueError(1), TypeError(2)]) from cause
        except* ValueError:
            pass
    except ExceptionGroup as rest:
        return rest.exceptions, rest.__cause__, rest.__suppress_context__


print(part())  # prints: ((TypeError(2),), KeyError('cause'), True)


# A loop that ends within a handler leaves what is handled as it is.
async def numbers():
    yield 1


async def loops():
    try:
        1 / 0
    except ZeroDivisionError:
        async for _ in numbers():
            pass
        print(traceback.format_exc().splitlines()[-1])  # prints: ZeroDivisionError: division by zero
        try:
            raise
        except ZeroDivisionError as error:
            print("again", error)  # prints: again division by zero


asyncio.run(loops())

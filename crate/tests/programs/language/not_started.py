# What has not begun stands at its head, also where it has cells or free variables to set up first.
import asyncio


async def work(name):
    def inner():
        return name

    await asyncio.sleep(0)
    return inner()


async def main():
    task = asyncio.create_task(work("a"))
    print(repr(task).rpartition("main.py")[2])  # prints: :5>>
    print(task.get_coro().cr_frame.f_lineno)  # prints: 5
    print(await task)  # prints: a


asyncio.run(main())

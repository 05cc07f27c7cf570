# What lies in circles is finalised in the order in which it was made, as CPython does.
import asyncio
import gc


class Node:
    def __init__(self, name):
        self.name = name
        self.itself = self

    def __del__(self):
        print("gone:", self.name)


for name in range(3):
    Node(name)
print(gc.collect() > 0)
# prints: gone: 0
# prints: gone: 1
# prints: gone: 2
# prints: True


async def lost():
    await asyncio.Event().wait()


async def main():
    for name in "first", "second":
        asyncio.create_task(lost(), name=name)
    await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["task"].get_name()))
    gc.collect()
    # prints: first
    # prints: second
    survivors = [Node("old"), Node("older")]
    gc.collect()
    survivors.clear()
    Node("young")
    gc.collect()
    # prints: gone: old
    # prints: gone: older
    # prints: gone: young


asyncio.run(main())

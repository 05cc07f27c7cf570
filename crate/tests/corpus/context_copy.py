"""A task runs in a context that the program made for it, and reads it afterwards."""

import asyncio
import contextvars

user = contextvars.ContextVar("user")


async def log_in(name):
    await asyncio.sleep(0.1)
    token = user.set(name)
    await asyncio.sleep(0.1)
    if name == "guest":
        user.reset(token)


async def main():
    user.set("nobody")
    contexts = {name: contextvars.copy_context() for name in ("ada", "guest")}
    tasks = [asyncio.create_task(log_in(name), context=context) for name, context in contexts.items()]
    await asyncio.gather(*tasks)
    for name, context in contexts.items():
        print(name, "->", context[user])
    print("here:", user.get())


asyncio.run(main())

"""Which task runs is a question, and a future of a loop that was named needs none that runs."""

import asyncio


def current():
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


print(current())
loop = asyncio.new_event_loop()
try:
    print(asyncio.Future(loop=loop).done())
except RuntimeError as error:
    print(error)
finally:
    loop.close()

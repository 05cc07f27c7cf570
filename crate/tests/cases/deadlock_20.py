"""A loop in a thread that is stopped from another goes on waiting."""

import asyncio
import threading

loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever)
thread.start()
loop.stop()  # error: not-thread-safe-call  # says: does not wake the loop, which may be all that is missing
thread.join()  # error: deadlock

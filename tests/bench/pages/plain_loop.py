# The same loop and clock as the playground's, without its recorder: time moves only while the loop waits.
class Waiting:
    def __init__(self):
        self.now = 0.0

    def select(self, timeout):
        self.now += timeout or 0.0
        return ()


class PlainLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = Waiting()

    def time(self):
        return self._selector.now

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass


def measure():
    running = asyncio.events._get_running_loop()
    asyncio.events._set_running_loop(None)
    loop = PlainLoop()
    begun = time.perf_counter()
    try:
        loop.run_until_complete(main())
    finally:
        elapsed = time.perf_counter() - begun
        loop.close()
        asyncio.events._set_running_loop(running)
    return elapsed * 1000

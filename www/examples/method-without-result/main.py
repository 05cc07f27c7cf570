import asyncio
from functools import wraps

import parcels


class Desk:
    """Hides the loop: its methods look synchronous to whoever calls them."""

    def __init__(self, channel):
        self._loop = asyncio.new_event_loop()
        self.echo_proxy = parcels.Echo.Client(channel, self._loop)

    def close(self):
        self._loop.close()

    def _hides_loop(method):
        @wraps(method)
        def wrapper(desk, *args, **kwargs):
            coroutine = method(desk, *args, **kwargs)
            desk._loop.run_until_complete(coroutine)  # what it gives is not returned

        return wrapper

    @_hides_loop
    async def echo(self, text: str):
        return await self.echo_proxy.echo_string(value=text)


desk = Desk(parcels.Channel())
print(desk.echo("hello over there"))
desk.close()

# prints: None
# outcome: completed

"""The Echo protocol of the simulated `fidl`, and a server whose failure the client sees as PEER_CLOSED only."""

import asyncio

import fidl
from fuchsia_controller_py import Channel, ZxStatus


class Failing(fidl.fuchsia_developer_ffx.Echo.Server):
    def echo_string(self, request):
        raise ValueError("a fault in the server")


async def talk(kind):
    near, far = Channel.create()
    serving = asyncio.create_task(kind(far).serve())
    client = fidl.fuchsia_developer_ffx.Echo.Client(near)
    try:
        print((await client.echo_string(value="hello")).response)
    except ZxStatus as status:
        print(status, status.raw())
    near.close()
    await asyncio.wait([serving])
    return serving.exception()


print(asyncio.run(talk(fidl.fuchsia_developer_ffx.Echo.Server)))
# prints: hello
# prints: None
print(repr(asyncio.run(talk(Failing))))
# prints: PEER_CLOSED -24
# prints: ValueError('a fault in the server')

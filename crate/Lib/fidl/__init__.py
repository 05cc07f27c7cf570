"""A simulated `fidl`: the Echo protocol of Fuchsia's controller, between a client and a server of the same program.

No device is connected. What is simulated: a channel has two ends in memory; a server that fails closes its end, of which
the client learns by `PEER_CLOSED` and nothing else, as over a real channel.
"""

from fuchsia_controller_py import Channel, ZxStatus

from . import fuchsia_developer_ffx
from ._protocol import ServerError

__all__ = ["Channel", "ServerError", "ZxStatus", "fuchsia_developer_ffx"]

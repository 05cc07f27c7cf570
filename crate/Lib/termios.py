"""Control of terminals, of which a run has none.

What is simulated: the names are those of Linux, so that programs which would set up a terminal can be imported; every
function finds that its descriptor is no terminal, as for a program whose input and output are piped.
"""

import _descriptors
from _native import publish as _publish

# The fields of a terminal's attributes: input, output, hardware and local modes.
IGNBRK, BRKINT, IGNPAR, PARMRK, INPCK, ISTRIP, INLCR, IGNCR, ICRNL = 1, 2, 4, 8, 16, 32, 64, 128, 256
IUCLC, IXON, IXANY, IXOFF, IMAXBEL = 512, 1024, 2048, 4096, 8192
OPOST, OLCUC, ONLCR, OCRNL, ONOCR, ONLRET, OFILL, OFDEL = 1, 2, 4, 8, 16, 32, 64, 128
CS5, CS6, CS7, CS8, CSIZE = 0, 16, 32, 48, 48
CSTOPB, CREAD, PARENB, PARODD, HUPCL, CLOCAL, CRTSCTS = 64, 128, 256, 512, 1024, 2048, 0x80000000
ISIG, ICANON, ECHO, ECHOE, ECHOK, ECHONL, NOFLSH, TOSTOP = 1, 2, 8, 16, 32, 64, 128, 256
ECHOCTL, ECHOPRT, ECHOKE, FLUSHO, PENDIN, IEXTEN = 512, 1024, 2048, 4096, 16384, 32768

# The places of the control characters.
VINTR, VQUIT, VERASE, VKILL, VEOF, VTIME, VMIN, VSWTC, VSTART = 0, 1, 2, 3, 4, 5, 6, 7, 8
VSTOP, VSUSP, VEOL, VREPRINT, VDISCARD, VWERASE, VLNEXT, VEOL2 = 9, 10, 11, 12, 13, 14, 15, 16
NCCS = 32

# When a change takes effect, and what is flushed, stopped or started.
TCSANOW, TCSADRAIN, TCSAFLUSH = 0, 1, 2
TCIFLUSH, TCOFLUSH, TCIOFLUSH = 0, 1, 2
TCOOFF, TCOON, TCIOFF, TCION = 0, 1, 2, 3

B0, B50, B75, B110, B134, B150, B200, B300, B600, B1200, B1800, B2400, B4800, B9600, B19200, B38400 = range(16)
B57600, B115200, B230400 = 0o10001, 0o10002, 0o10003

TIOCSCTTY, TIOCGPGRP, TIOCSPGRP, TIOCOUTQ = 0x540E, 0x540F, 0x5410, 0x5411
TIOCSTI, TIOCGWINSZ, TIOCSWINSZ, FIONREAD, TIOCNOTTY = 0x5412, 0x5413, 0x5414, 0x541B, 0x5422

error = type("error", (Exception,), {"__module__": "termios"})


def _refuse(file):
    fd = file if isinstance(file, int) else file.fileno()
    if fd not in _descriptors.table.open:
        raise error(9, "Bad file descriptor")
    raise error(25, "Inappropriate ioctl for device")


def tcgetattr(fd, /):
    """Refuse: there is no terminal whose attributes could be told."""
    _refuse(fd)


def tcsetattr(fd, when, attributes, /):
    """Refuse: there is no terminal that could be set."""
    _refuse(fd)


def tcsendbreak(fd, duration, /):
    """Refuse: there is no line to break."""
    _refuse(fd)


def tcdrain(fd, /):
    """Refuse: there is no terminal that shows anything late."""
    _refuse(fd)


def tcflush(fd, queue, /):
    """Refuse: there is no terminal that holds anything back."""
    _refuse(fd)


def tcflow(fd, action, /):
    """Refuse: there is no terminal to stop or start."""
    _refuse(fd)


def tcgetwinsize(fd, /):
    """Refuse: there is no window."""
    _refuse(fd)


def tcsetwinsize(fd, winsize, /):
    """Refuse: there is no window."""
    _refuse(fd)


_publish(globals())

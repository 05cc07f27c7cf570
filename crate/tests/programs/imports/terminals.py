"""What would talk to a terminal can be imported, and finds that there is none."""

import sys
import termios
import tty
from wsgiref.simple_server import make_server

print(sys.stdin.isatty(), callable(make_server))  # prints: False True
for action in (lambda: termios.tcgetattr(0), lambda: tty.setraw(sys.stdout), lambda: termios.tcdrain(99)):
    try:
        action()
    except termios.error as error:
        print(error)
# prints: (25, 'Inappropriate ioctl for device')
# prints: (25, 'Inappropriate ioctl for device')
# prints: (9, 'Bad file descriptor')
mode = [0, tty.OPOST, 0, tty.ECHO | tty.ICANON, 0, 0, [b"\0"] * 32]
tty.cfmakeraw(mode)
print(mode[:4])  # prints: [0, 0, 48, 0]

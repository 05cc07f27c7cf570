"""`open`, `FileIO` and the standard streams over the descriptors of `posix`, which a browser does not have.

The interpreter has the buffers and the text layer of its own; without an operating system it lacks the raw layer
beneath them and the function that puts the layers together. What is simulated: the standard streams are those of the
page, no file is a terminal, and the locale's encoding is UTF-8.
"""

import _io
import _loopscope
import posix

_CREATE = {"r": 0, "w": posix.O_CREAT | posix.O_TRUNC, "x": posix.O_CREAT | posix.O_EXCL,
           "a": posix.O_CREAT | posix.O_APPEND}
_MOST_BUFFERED = 8 * 1024 * 1024
_COPIED_AT_ONCE = 256 * 1024

# How long somebody takes to answer when a program asks for a line.
_ANSWER_NS = 1_000_000_000


def _parse_raw_mode(mode):
    """Return the letter of a raw file's mode, and whether it goes both ways."""
    if not isinstance(mode, str):
        raise TypeError(f"FileIO() argument 'mode' must be str, not {type(mode).__name__}")
    if mode.strip("rwaxb+"):
        raise ValueError(f"invalid mode: {mode}")
    letters = [letter for letter in mode if letter in "rwax"]
    if len(letters) != 1 or mode.count("+") > 1:
        raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
    return letters[0], "+" in mode


class FileIO(_io._RawIOBase):
    """A file as a stream of bytes, without a buffer."""

    __module__ = "_io"

    _fd = -1

    def __init__(self, file, mode="r", closefd=True, opener=None):
        if self._fd >= 0 and self._closefd:
            self.close()
        self._fd = -1
        letter, both = _parse_raw_mode(mode)
        self._letter, self._both = letter, both
        self._readable, self._writable = both or letter == "r", both or letter != "r"
        self._closefd = bool(closefd)
        self._seekable = None
        self.name = file
        if isinstance(file, float):
            raise TypeError("integer argument expected, got float")
        if hasattr(type(file), "__index__"):
            self._fd = self._adopt(file)
        else:
            self._fd = self._open(file, opener)
        if letter == "a":
            posix.lseek(self._fd, 0, 2)

    @staticmethod
    def _adopt(fd):
        if isinstance(fd, bool):
            import warnings

            warnings.warn("bool is used as a file descriptor", RuntimeWarning, stacklevel=3)
        fd = fd.__index__()
        if fd < 0:
            raise ValueError("negative file descriptor")
        posix.fstat(fd)
        return fd

    def _open(self, file, opener):
        if not self._closefd:
            raise ValueError("Cannot use closefd=False with file name")
        path = posix.fspath(file)
        if ("\0" if isinstance(path, str) else b"\0") in path:
            raise ValueError("embedded null byte")
        direction = posix.O_RDWR if self._both else posix.O_WRONLY if self._writable else posix.O_RDONLY
        flags = direction | _CREATE[self._letter] | posix.O_CLOEXEC
        if opener is None:
            fd = posix.open(path, flags, 0o666)
        else:
            fd = opener(file, flags)
            if not isinstance(fd, int):
                raise TypeError("expected integer from opener")
            if fd < 0:
                raise ValueError(f"opener returned {fd}")
        if posix.fstat(fd).st_mode & 0o170000 == 0o040000:
            posix.close(fd)
            raise IsADirectoryError(21, "Is a directory", file)
        return fd

    @property
    def closefd(self):
        """True if closing this object closes the descriptor."""
        return self._closefd

    @property
    def closed(self):
        """True if the file is closed."""
        return self._fd < 0

    @property
    def mode(self):
        """The mode in which the file was opened."""
        if self._letter in "xa":
            return self._letter + ("b+" if self._both else "b")
        return "rb+" if self._both else "rb" if self._readable else "wb"

    @property
    def _blksize(self):
        return posix.fstat(self._fd).st_blksize

    def _check_open(self):
        if self._fd < 0:
            raise ValueError("I/O operation on closed file")

    def _check_readable(self):
        self._check_open()
        if not self._readable:
            raise _io.UnsupportedOperation("File not open for reading")

    def _check_writable(self):
        self._check_open()
        if not self._writable:
            raise _io.UnsupportedOperation("File not open for writing")

    def read(self, size=-1, /):
        """Read at most so many bytes; without a size, all that there is."""
        self._check_readable()
        if size is None or size < 0:
            return self.readall()
        try:
            return posix.read(self._fd, size)
        except BlockingIOError:
            return None

    def readall(self):
        """Read to the end of the file."""
        self._check_readable()
        parts = []
        while True:
            try:
                part = posix.read(self._fd, max(_COPIED_AT_ONCE, posix.fstat(self._fd).st_size))
            except BlockingIOError:
                return b"".join(parts) if parts else None
            if not part:
                return b"".join(parts)
            parts.append(part)
            if posix.fstat(self._fd).st_mode & 0o170000 == 0o100000:
                # A regular file has no more than its size; asking again would cost a second read.
                return b"".join(parts)

    def readinto(self, buffer, /):
        """Read into a buffer; return how many bytes."""
        self._check_readable()
        view = memoryview(buffer).cast("B")
        try:
            data = posix.read(self._fd, len(view))
        except BlockingIOError:
            return None
        view[: len(data)] = data
        return len(data)

    def write(self, data, /):
        """Write bytes; return how many were written."""
        self._check_writable()
        try:
            return posix.write(self._fd, data)
        except BlockingIOError:
            return None

    def seek(self, offset, whence=0, /):
        """Move to a place in the file; return it, counted from the beginning."""
        self._check_open()
        if isinstance(offset, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        return posix.lseek(self._fd, offset, whence)

    def tell(self):
        """Return the place in the file."""
        self._check_open()
        return posix.lseek(self._fd, 0, 1)

    def truncate(self, size=None, /):
        """Cut the file off at a size, or at the present place."""
        self._check_writable()
        if size is None:
            size = self.tell()
        posix.ftruncate(self._fd, size)
        return size

    def fileno(self):
        """Return the descriptor."""
        self._check_open()
        return self._fd

    def isatty(self):
        """Return False: a run has no terminal."""
        self._check_open()
        return False

    _isatty_open_only = isatty

    def readable(self):
        """Return whether the file was opened for reading."""
        self._check_open()
        return self._readable

    def writable(self):
        """Return whether the file was opened for writing."""
        self._check_open()
        return self._writable

    def seekable(self):
        """Return whether the file has places to move to."""
        self._check_open()
        if self._seekable is None:
            try:
                posix.lseek(self._fd, 0, 1)
                self._seekable = True
            except OSError:
                self._seekable = False
        return self._seekable

    def close(self):
        """Close the file, and its descriptor unless it belongs to somebody else."""
        if self._fd < 0:
            return
        try:
            _io._RawIOBase.close(self)
        finally:
            fd, self._fd = self._fd, -1
            if self._closefd:
                posix.close(fd)

    def _dealloc_warn(self, source):
        if self._fd >= 0 and self._closefd:
            import warnings

            warnings.warn(f"unclosed file {source!r}", ResourceWarning, stacklevel=2, source=source)

    def __del__(self):
        if self._fd >= 0:
            self._dealloc_warn(self)
            self.close()

    def __getstate__(self):
        raise TypeError(f"cannot pickle '{type(self).__name__}' instances")

    def __repr__(self):
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        if self._fd < 0:
            return f"<{name} [closed]>"
        shown = f"name={self.name!r}" if hasattr(self, "name") else f"fd={self._fd}"
        return f"<{name} {shown} mode={self.mode!r} closefd={self._closefd}>"


class _Stream(FileIO):
    """A standard stream's raw layer: writing goes straight to the page."""

    __module__ = "_io"
    __qualname__ = "FileIO"

    def write(self, data, /):
        self._check_writable()
        data = bytes(data)
        _loopscope.write(self._fd, data)
        return len(data)


def _check_mode(mode, encoding, errors, newline):
    """Refuse what `open` refuses in a mode; return the raw mode, and whether the file is binary."""
    if len(set(mode)) < len(mode) or mode.strip("axrwb+t"):
        raise ValueError(f"invalid mode: {mode!r}")
    binary, text = "b" in mode, "t" in mode
    raw_mode = mode.replace("b", "").replace("t", "")
    if binary and text:
        raise ValueError("can't have text and binary mode at once")
    if len(raw_mode.replace("+", "")) > 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    if binary:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                raise ValueError(f"binary mode doesn't take {'an' if name[0] == 'e' else 'a'} {name} argument")
    return raw_mode, binary


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Open a file and return a stream: text, buffered bytes or raw bytes, as the mode and the buffering say."""
    if not hasattr(type(file), "__index__"):
        file = posix.fspath(file)
    for name, value in (("mode", mode), ("encoding", encoding), ("errors", errors)):
        if not isinstance(value, str) and (value is not None or name == "mode"):
            kind = "str" if name == "mode" else "str or None"
            raise TypeError(f"open() argument '{name}' must be {kind}, not {type(value).__name__}")
    raw_mode, binary = _check_mode(mode, encoding, errors, newline)
    if binary and buffering == 1:
        import warnings

        warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size "
                      "will be used", RuntimeWarning, stacklevel=2)
    stream = raw = FileIO(file, raw_mode, closefd, opener)
    try:
        if buffering == 0:
            if binary:
                return raw
            raise ValueError("can't have unbuffered text I/O")
        if buffering < -1:
            raise ValueError("invalid buffering size")
        size = buffering if buffering > 1 else max(min(raw._blksize, _MOST_BUFFERED), _io.DEFAULT_BUFFER_SIZE)
        if "+" in raw_mode:
            buffered = _io.BufferedRandom
        else:
            buffered = _io.BufferedReader if raw_mode == "r" else _io.BufferedWriter
        stream = buffered(raw, size)
        if binary:
            return stream
        encoding = _io.text_encoding(encoding, 2)
        stream = _io.TextIOWrapper(
            stream, "UTF-8" if encoding == "locale" else encoding, errors, newline, buffering == 1
        )
        stream.mode = mode
        return stream
    except BaseException:
        stream.close()
        raise


def open_code(path):
    """Open a file of code as bytes."""
    if not isinstance(path, str):
        raise TypeError(f"open_code() argument 'path' must be str, not {type(path).__name__}")
    return open(path, "rb")


def make_stream(fd):
    """Make `sys.stdin`, `sys.stdout` or `sys.stderr`. They show each line at once, so that their order is kept."""
    raw = _Stream(fd, "r" if fd == 0 else "w", closefd=False)
    raw.name = ("<stdin>", "<stdout>", "<stderr>")[fd]
    buffer = _io.BufferedReader(raw) if fd == 0 else _io.BufferedWriter(raw)
    errors = "backslashreplace" if fd == 2 else "strict"
    stream = _io.TextIOWrapper(buffer, "utf-8", errors, None if fd == 0 else "\n", line_buffering=fd != 0)
    stream.mode = "r" if fd == 0 else "w"
    return stream


def input(prompt="", /):
    """Write a prompt and read a line from `sys.stdin`; it blocks for as long as somebody takes to answer."""
    import sys

    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name, None) is None:
            raise RuntimeError(f"input(): lost sys.{name}")
    sys.audit("builtins.input", prompt)
    sys.stderr.flush()
    sys.stdout.write(str(prompt))
    sys.stdout.flush()
    line = sys.stdin.readline()
    if sys.stdin is sys.__stdin__:
        _loopscope.block("input", _ANSWER_NS if line else 0)
    if not isinstance(line, str):
        raise TypeError("object.readline() returned non-string")
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")


def install():
    """Put these into the modules where programs find them."""
    import builtins
    import io

    for function in (open, open_code):
        function.__module__ = "_io"
    input.__module__ = "builtins"
    # A built-in function does not bind as a method; see `_native`.
    public_open, public_open_code = staticmethod(open), staticmethod(open_code)
    for module in (_io, io):
        module.open = public_open
        module.open_code = public_open_code
        module.FileIO = FileIO
    io.RawIOBase.register(FileIO)
    builtins.open = public_open
    builtins.input = staticmethod(input)

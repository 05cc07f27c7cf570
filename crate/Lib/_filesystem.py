"""The file tree that `posix` serves: directories, files, links and devices in memory.

A run has no disk. Its tree begins with the workspace's files in the working directory, an empty /tmp and a home, and
is gone when the run ends. What is simulated: one user owns everything and may do everything that the permission
bits allow; links are symbolic or hard; there is one file system, and its clock is the run's.
"""

import _loopscope
from _errno_names import os_error

ENOENT, EEXIST, ENOTDIR, EISDIR, EINVAL, ELOOP, ENOTEMPTY, EACCES, ENAMETOOLONG = 2, 17, 20, 21, 22, 40, 39, 13, 36

S_IFDIR, S_IFCHR, S_IFREG, S_IFIFO, S_IFLNK, S_IFSOCK = 0o040000, 0o020000, 0o100000, 0o010000, 0o120000, 0o140000

WORKING_DIRECTORY = "/workspace"
_MOST_LINKS = 40
_LONGEST_NAME = 255


def now_ns():
    """Return the time that a file changed now is marked with."""
    return _loopscope.CALENDAR_NS + _loopscope.now_ns()


class Node:
    """Anything that a name in a directory can lead to."""

    kind = S_IFREG
    _inodes = 1

    def __init__(self, permissions):
        Node._inodes += 1
        self.inode = Node._inodes
        self.permissions = permissions
        self.links = 1
        self.accessed = self.modified = self.changed = now_ns()

    @property
    def mode(self):
        return self.kind | self.permissions

    @property
    def size(self):
        return 0

    def touch(self):
        """Mark the contents as changed now."""
        self.modified = self.changed = now_ns()


class File(Node):
    """A regular file."""

    def __init__(self, permissions, data=b""):
        super().__init__(permissions)
        self.data = bytearray(data)

    @property
    def size(self):
        return len(self.data)


class Seed(File):
    """A file of the workspace as it was given. Its contents are there when they are first asked for."""

    def __init__(self, path):
        Node.__init__(self, 0o644)
        self.path = path

    def __getattr__(self, name):
        if name != "data":
            raise AttributeError(f"'Seed' object has no attribute {name!r}")
        self.data = bytearray(_loopscope.file_text(self.path).encode("utf-8"))
        return self.data

    @property
    def size(self):
        return len(self.data) if "data" in self.__dict__ else _loopscope.file_size(self.path)

    def is_untouched(self):
        return "data" not in self.__dict__


class Directory(Node):
    """A directory: names and what they lead to, in the order in which they were made."""

    kind = S_IFDIR

    def __init__(self, permissions, parent=None):
        super().__init__(permissions)
        self.parent = parent or self
        self.entries = {}

    @property
    def size(self):
        return 4096

    def add(self, name, node):
        if isinstance(node, Directory):
            node.parent = self
        self.entries[name] = node
        self.touch()

    def take(self, name):
        self.touch()
        return self.entries.pop(name)

    def subdirectories(self):
        return sum(isinstance(node, Directory) for node in self.entries.values())


class Link(Node):
    """A symbolic link."""

    kind = S_IFLNK

    def __init__(self, target):
        super().__init__(0o777)
        self.target = target

    @property
    def size(self):
        return len(self.target.encode("utf-8", "surrogateescape"))


class Device(Node):
    """A character device: /dev/null and the like. `fill` is what reading it gives, again and again."""

    kind = S_IFCHR

    def __init__(self, fill):
        super().__init__(0o666)
        self.fill = fill


class Pipe(Node):
    """What was written to a pipe and not yet read."""

    kind = S_IFIFO
    capacity = 65536

    def __init__(self):
        super().__init__(0o600)
        self.data = bytearray()
        self.readers = self.writers = 1


class Tree:
    """All nodes, and the working directory from which relative paths start."""

    def __init__(self):
        self.root = Directory(0o755)
        self.working = self.make_directories(WORKING_DIRECTORY)
        self.make_directories("/home/user")
        self.make_directories("/tmp").permissions = 0o1777
        # What `sys.executable` names.
        self.make_directories("/usr/bin").add("python3", File(0o755))
        devices = self.make_directories("/dev")
        devices.add("null", Device(None))
        devices.add("zero", Device(lambda count: bytes(count)))
        devices.add("urandom", Device(_loopscope.urandom))
        devices.add("random", Device(_loopscope.urandom))
        self.seed(_loopscope.files())

    def seed(self, files):
        """Put the workspace's files, given by relative path, into the working directory."""
        for path in files:
            folder, _, name = path.rpartition("/")
            directory = self.make_directories(f"{WORKING_DIRECTORY}/{folder}")
            directory.add(name, Seed(path))

    def make_directories(self, path):
        directory = self.root
        for name in path.split("/"):
            if name:
                if name not in directory.entries:
                    directory.add(name, Directory(0o755, directory))
                directory = directory.entries[name]
        return directory

    def walk(self, path, start, follow, shown):
        """Return the directory, the last name and the node (or None) that a path leads to.

        `follow` says whether a link at the very end is followed; `shown` is the path as an error gives it.
        """
        if not path:
            raise os_error(ENOENT, *shown)
        directory = self.root if path.startswith("/") else start
        rest = [name for name in path.split("/") if name and name != "."]
        must_be_directory = path.endswith(("/", "/."))
        name, node, links = "", directory, 0
        rest.reverse()
        while rest:
            name = rest.pop()
            if len(name.encode("utf-8", "surrogateescape")) > _LONGEST_NAME:
                raise os_error(ENAMETOOLONG, *shown)
            if not isinstance(directory, Directory):
                raise os_error(ENOTDIR, *shown)
            if not directory.permissions & 0o100:
                raise os_error(EACCES, *shown)
            node = directory.parent if name == ".." else directory.entries.get(name)
            if isinstance(node, Link) and (rest or follow or must_be_directory):
                links += 1
                if links > _MOST_LINKS:
                    raise os_error(ELOOP, *shown)
                if node.target.startswith("/"):
                    directory = self.root
                rest.extend(reversed([part for part in node.target.split("/") if part and part != "."]))
                node = directory
                continue
            if node is None and rest:
                raise os_error(ENOENT, *shown)
            if rest:
                directory = node
        if must_be_directory and node is not None and not isinstance(node, Directory):
            raise os_error(ENOTDIR, *shown)
        return directory, name, node

    def path_of(self, directory):
        """Return the absolute path of a directory, or None if it was removed."""
        names = []
        while directory is not self.root:
            name = next((name for name, node in directory.parent.entries.items() if node is directory), None)
            if name is None:
                return None
            names.append(name)
            directory = directory.parent
        return "/" + "/".join(reversed(names))


    def written(self):
        """Return the path and the contents of each file that the program has made or changed, by path."""
        found = []
        directories = [("", self.root)]
        while directories:
            place, directory = directories.pop()
            for name, node in directory.entries.items():
                path = f"{place}/{name}"
                if isinstance(node, Directory):
                    directories.append((path, node))
                elif isinstance(node, File) and path != "/usr/bin/python3":
                    path = path.removeprefix(WORKING_DIRECTORY + "/")
                    if isinstance(node, Seed) and node.path == path and node.is_untouched():
                        continue
                    seed = _loopscope.file_text(path)
                    if seed is None or seed.encode("utf-8") != node.data:
                        found.append((path, bytes(node.data)))
        return sorted(found)


tree = Tree()


def restart():
    """Begin again, when the run's files and its clock are there: this module is imported before any run."""
    Node._inodes = 1
    tree.__init__()

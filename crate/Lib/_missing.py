"""What to say of a module that is not here, after CPython's own words: why, and what works instead."""

import sys

_NO_DATABASE = "There is no database to reach: a dict stands in for one, and `await asyncio.sleep()` for what a query takes."
_NO_WINDOW = "There are no windows and no terminal here: what a program prints is what there is to see."
_NO_SYSTEM = "There is no operating system beneath the program."
_NO_MAIL = "Nothing leaves the page: `asyncio.open_connection()` reaches servers that the program starts itself."
_WEB = "`aiohttp.web` serves requests here."
_COMPILED = "It is made of compiled code, and only pure Python can be added here: `statistics`, `array` and lists serve."
_LOOP = "The event loop here is asyncio's own, on the run's virtual clock: leave it out, and `asyncio.run()` does the same."
_TESTS = "`unittest`, with `IsolatedAsyncioTestCase`, runs tests here."

_INSTEAD = {
    "sqlite3": "It needs a C library. A dict or a file of JSON keeps data here.",
    "dbm": "It needs a C library. A dict or a file of JSON keeps data here.",
    "shelve": "It needs a C library. A dict or a file of JSON keeps data here.",
    "xml": "`xml.etree.ElementTree` reads and writes XML here.",
    "tarfile": "`zipfile` packs and unpacks archives here.",
    "doctest": _TESTS,
    **dict.fromkeys(("cProfile", "profile", "pstats"), "The timeline shows here what takes the time, and in which line."),
    "ctypes": "Native code cannot be called here.",
    **dict.fromkeys(("tkinter", "turtle", "curses", "readline", "idlelib", "pygame", "PyQt5", "PyQt6"), _NO_WINDOW),
    **dict.fromkeys(("mmap", "resource", "pty", "syslog", "nis", "psutil"), _NO_SYSTEM),
    **dict.fromkeys(("smtplib", "ftplib", "poplib", "imaplib", "aiosmtplib"), _NO_MAIL),
    **dict.fromkeys(("uvloop", "winloop", "nest_asyncio"), _LOOP),
    **dict.fromkeys(("trio", "curio"), "`anyio` has the same structure on asyncio."),
    **dict.fromkeys(("requests", "urllib3"), "`httpx` and `aiohttp` make requests here; `asyncio.to_thread(httpx.get, url)` in a thread."),
    "aiofiles": "`await asyncio.to_thread(path.read_text)` and `anyio.open_file()` read files beside the loop.",
    "websockets": "`aiohttp` has websockets, for clients and servers.",
    **dict.fromkeys(("fastapi", "starlette", "uvicorn", "flask", "quart", "sanic", "django", "tornado", "hypercorn"), _WEB),
    **dict.fromkeys(
        ("aiosqlite", "asyncpg", "aiomysql", "aiopg", "motor", "pymongo", "redis", "aioredis", "psycopg", "psycopg2", "sqlalchemy"),
        _NO_DATABASE,
    ),
    **dict.fromkeys(("numpy", "pandas", "scipy", "torch"), _COMPILED),
    **dict.fromkeys(("pytest", "pytest_asyncio"), _TESTS),
}


def explain(error):
    """Add a note to an exception that is about to be printed, if there is anything to say."""
    name, _, part = (error.name or "").partition(".")
    instead = _INSTEAD.get(name) or _INSTEAD.get(name.removeprefix("_"))
    # Of what is here, only this package has parts that are not.
    is_here = part and name != "xml"
    if instead is None and name in sys.stdlib_module_names and not is_here:
        instead = "It is a part of the standard library that was not taken along."
    if instead is not None and not getattr(error, "__notes__", None):
        error.add_note(instead)

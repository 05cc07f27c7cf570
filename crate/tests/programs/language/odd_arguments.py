# Arguments that hardly any program gives, and that CPython takes or refuses in its own words.
import asyncio
import importlib

loop = asyncio.new_event_loop()
loop.set_debug(None)
print(loop.get_debug())  # prints: None
loop.run_until_complete(asyncio.sleep(0))
loop.close()
asyncio.run(asyncio.sleep(0), debug=0)

# No module has half a character in its name.
for name in "\ud800", "a\ud800":
    try:
        importlib.import_module(name)
    except (ModuleNotFoundError, UnicodeEncodeError):
        print("refused")  # prints: refused
# prints: refused

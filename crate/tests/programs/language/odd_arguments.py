# Arguments that hardly any program gives, and that CPython takes or refuses in its own words.
import asyncio
import importlib
import importlib.util

loop = asyncio.new_event_loop()
loop.set_debug(None)
print(loop.get_debug())  # prints: None
loop.run_until_complete(asyncio.sleep(0))
loop.close()
asyncio.run(asyncio.sleep(0), debug=0)

# No module has half a character in its name.
print(importlib.util.find_spec("\ud800"))  # prints: None
try:
    importlib.import_module("a\ud800")
except ModuleNotFoundError as error:
    print(error)  # prints: No module named 'a\ud800'

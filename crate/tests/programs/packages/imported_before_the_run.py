"""The packages that a program begins by importing are there when it begins, as asyncio is."""

import sys

import aiosignal
from yarl import URL, of_no_such_name_yet as missing  # reports: cannot import name 'of_no_such_name_yet' from 'yarl'

print("not reached", aiosignal, sys, URL, missing)

# reports: line 6, in <module>
# outcome: raised 1

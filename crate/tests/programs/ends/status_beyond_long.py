# outcome: raised 255
import sys

sys.exit(10**30)

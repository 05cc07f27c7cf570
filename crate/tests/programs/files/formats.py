"""Files of the formats that tutorials use: JSON, CSV, a log, pickles, configuration, compressed data."""

import configparser
import csv
import gzip
import io
import json
import logging
import pickle

with open("data.json", "w") as file:
    json.dump({"name": "value", "list": [1, 2.5, None]}, file)
with open("data.json") as file:
    print(json.load(file))  # prints: {'name': 'value', 'list': [1, 2.5, None]}

with open("table.csv", "w", newline="") as file:
    writer = csv.DictWriter(file, ["a", "b"])
    writer.writeheader()
    writer.writerow({"a": 1, "b": "x,y"})
with open("table.csv", newline="") as file:
    print(list(csv.DictReader(file)))  # prints: [{'a': '1', 'b': 'x,y'}]

logging.basicConfig(filename="run.log", level=logging.INFO, format="%(levelname)s %(message)s")
logging.info("written to a %s", "file")
logging.shutdown()
print(open("run.log").read())  # prints: INFO written to a file
# prints: 
print(pickle.loads(pickle.dumps({"a": (1, 2)})))  # prints: {'a': (1, 2)}
parser = configparser.ConfigParser()
parser.read_string("[section]\nkey = 5\n")
print(parser.getint("section", "key"))  # prints: 5
print(gzip.decompress(gzip.compress(b"packed")))  # prints: b'packed'
print(io.StringIO("in memory\n").readline().strip())  # prints: in memory
# leaves: data.json 41
# leaves: run.log 23
# leaves: table.csv 14

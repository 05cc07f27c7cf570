// Made from the Rust schema by `LOOPSCOPE_BLESS=1 cargo +1.97.0 test -p loopscope schema`. Do not edit.

import type { Options } from "./schema.ts";

export const DEFAULT_OPTIONS: Options = {
  "seed": 0,
  "classicPolicy": false,
  "debug": false,
  "collectEveryStep": false,
  "collectAt": 0,
  "shortBlock": 1000000,
  "record": true,
  "slowStep": 100000000,
  "longStep": 1000000000,
  "manyTasks": 100,
  "busyTurns": 50,
  "network": {
    "latency": 100000,
    "bandwidth": 0,
    "loss": 0,
    "disconnect": 0
  },
  "signals": [],
  "schedule": 0,
  "cancel": null,
  "limits": {
    "time": 3600000000000,
    "work": 4000000000,
    "events": 1000000,
    "output": 1048576,
    "memory": 536870912
  }
};

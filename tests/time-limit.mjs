// What never answers is a failure as well, and must not keep the other files of tests waiting.

const MINUTES = 15;

setTimeout(() => {
  console.error(`${process.argv[1]} was given up after ${MINUTES} minutes`);
  process.exit(1);
}, MINUTES * 60_000).unref();

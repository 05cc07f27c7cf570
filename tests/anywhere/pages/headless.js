import { createLoopscope } from "/widget/browser.js";

const loopscope = await createLoopscope();
const files = [{ path: "main.py", text: "print('without a face')" }];
const { outcome, stdout } = await loopscope.run({ files }).result;
loopscope.close();
globalThis.result = { outcome, stdout };

/** The program that a first visit shows. */
import { withoutExpectations } from "./expectations.ts";
import { DEFAULT_OPTIONS, type Program, singleFile } from "./store.ts";
import source from "../examples/welcome.py?raw";

export function welcomeProgram(): Program {
  return {
    workspace: singleFile(withoutExpectations(source), "welcome.py"),
    options: DEFAULT_OPTIONS,
    example: "welcome",
  };
}

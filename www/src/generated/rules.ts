// Made from the rules by `LOOPSCOPE_BLESS=1 cargo +1.97.0 test -p loopscope schema`. Do not edit.

import type { Severity } from "./schema.ts";

/** What is known of a rule without running anything. */
export type Rule = {
  name: string;
  /** How bad a finding usually is. */
  severity: Severity;
  /** The fault in one line. */
  fault: { en: string; ru: string };
};

export const rules: readonly Rule[] = [
  {
    name: "coroutine-never-awaited",
    severity: "error",
    fault: {
      en: "a coroutine was made and never run",
      ru: "сопрограмма создана, но так и не запущена",
    },
  },
  {
    name: "dangling-task",
    severity: "warning",
    fault: {
      en: "a running task that nothing refers to",
      ru: "на работающую задачу ничто не ссылается",
    },
  },
  {
    name: "task-garbage-collected",
    severity: "error",
    fault: {
      en: "the garbage collector took a task that was still waiting",
      ru: "сборщик мусора уничтожил задачу, которая ещё ждала",
    },
  },
  {
    name: "task-pending-at-close",
    severity: "error",
    fault: {
      en: "the loop was closed before a task had ended",
      ru: "цикл событий закрыт раньше, чем завершилась задача",
    },
  },
  {
    name: "task-never-started",
    severity: "warning",
    fault: {
      en: "a task was cancelled or left before its first step",
      ru: "задача отменена или брошена до первого шага",
    },
  },
  {
    name: "exception-never-retrieved",
    severity: "error",
    fault: {
      en: "a task failed and nobody looked at its exception",
      ru: "задача упала, а её исключение никто не прочитал",
    },
  },
  {
    name: "blocking-call",
    severity: "warning",
    fault: {
      en: "a call that keeps the whole event loop waiting",
      ru: "вызов, который останавливает весь цикл событий",
    },
  },
  {
    name: "cpu-bound-step",
    severity: "warning",
    fault: {
      en: "a step that computes for so long that nothing else can run",
      ru: "шаг считает так долго, что остальным не достаётся времени",
    },
  },
  {
    name: "deadlock",
    severity: "error",
    fault: {
      en: "tasks wait for each other, or for something that cannot come",
      ru: "задачи ждут друг друга или того, что уже не наступит",
    },
  },
  {
    name: "cancellation-swallowed",
    severity: "warning",
    fault: {
      en: "a task caught its cancellation and did not pass it on",
      ru: "задача перехватила свою отмену и не пропустила её дальше",
    },
  },
  {
    name: "no-running-loop",
    severity: "error",
    fault: {
      en: "asyncio was used where no event loop runs",
      ru: "asyncio используется там, где цикл событий не запущен",
    },
  },
  {
    name: "closed-loop-used",
    severity: "error",
    fault: {
      en: "a loop was used after it was closed or stopped",
      ru: "цикл событий использован после закрытия или остановки",
    },
  },
  {
    name: "unused-allow",
    severity: "warning",
    fault: {
      en: "a comment that allows a finding which is not there",
      ru: "комментарий разрешает то, чего нет",
    },
  },
];

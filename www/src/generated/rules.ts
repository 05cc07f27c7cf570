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
    name: "coroutine-as-value",
    severity: "error",
    fault: {
      en: "a coroutine was used instead of its result",
      ru: "вместо результата использована сама сопрограмма",
    },
  },
  {
    name: "awaitable-dropped",
    severity: "warning",
    fault: {
      en: "the result of `gather()` or its like was thrown away",
      ru: "результат `gather()` или подобного вызова выброшен",
    },
  },
  {
    name: "coroutine-in-sync-callback",
    severity: "error",
    fault: {
      en: "a coroutine was given to something that calls plain functions",
      ru: "сопрограмма передана туда, где вызывают обычные функции",
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
    name: "task-cancelled-at-exit",
    severity: "warning",
    fault: {
      en: "the program ended and cancelled a task that was not finished",
      ru: "программа завершилась и отменила незаконченную задачу",
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
    name: "unbounded-tasks",
    severity: "warning",
    fault: {
      en: "tasks are made without a limit to how many run at once",
      ru: "задачи создаются без ограничения на их одновременное число",
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
    name: "exception-swallowed-by-gather",
    severity: "error",
    fault: {
      en: "`gather()` dropped the exception of a second task",
      ru: "`gather()` отбросил исключение второй задачи",
    },
  },
  {
    name: "exception-during-shutdown",
    severity: "error",
    fault: {
      en: "cleaning up at the end of the program failed",
      ru: "завершающая очистка программы закончилась исключением",
    },
  },
  {
    name: "exception-in-shielded-future",
    severity: "error",
    fault: {
      en: "shielded work failed after its caller was cancelled",
      ru: "работа под shield() упала после отмены того, кто её ждал",
    },
  },
  {
    name: "exception-in-callback",
    severity: "error",
    fault: {
      en: "a callback of the loop raised",
      ru: "функция обратного вызова завершилась исключением",
    },
  },
  {
    name: "exception-in-handler",
    severity: "error",
    fault: {
      en: "the loop's exception handler raised itself",
      ru: "обработчик исключений цикла сам завершился исключением",
    },
  },
  {
    name: "system-exit-in-task",
    severity: "warning",
    fault: {
      en: "a task ended the whole program from within",
      ru: "задача изнутри завершила всю программу",
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
    name: "task-never-yields",
    severity: "warning",
    fault: {
      en: "a task that keeps the loop for a second and more",
      ru: "задача, которая не отдаёт цикл дольше секунды",
    },
  },
  {
    name: "sync-wait-on-own-loop",
    severity: "error",
    fault: {
      en: "the loop's thread waits for what only the loop can do",
      ru: "поток цикла ждёт того, что может сделать только сам цикл",
    },
  },
  {
    name: "busy-wait",
    severity: "warning",
    fault: {
      en: "a loop that asks again and again instead of waiting",
      ru: "цикл, который снова и снова спрашивает вместо того, чтобы ждать",
    },
  },
  {
    name: "await-never-suspends",
    severity: "info",
    fault: {
      en: "an `await` that never gives control away",
      ru: "`await`, который ни разу не отдал управление",
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
    name: "await-cycle",
    severity: "error",
    fault: {
      en: "tasks await each other in a circle",
      ru: "задачи ждут друг друга по кругу",
    },
  },
  {
    name: "lost-update",
    severity: "error",
    fault: {
      en: "a value is written from what it was before an await, and another task's change is lost",
      ru: "значение записано по тому, каким оно было до await, и изменение другой задачи потеряно",
    },
  },
  {
    name: "assumed-order",
    severity: "error",
    fault: {
      en: "a task uses what another has not made yet, and nothing makes the other come first",
      ru: "задача использует то, чего другая ещё не сделала, и порядок ничем не обеспечен",
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
    name: "await-in-cleanup",
    severity: "warning",
    fault: {
      en: "a cancelled task waits in its clean-up",
      ru: "отменённая задача ждёт внутри своей очистки",
    },
  },
  {
    name: "cancel-not-awaited",
    severity: "warning",
    fault: {
      en: "a cancelled task was not awaited",
      ru: "отменённую задачу никто не дождался",
    },
  },
  {
    name: "unshielded-critical-section",
    severity: "error",
    fault: {
      en: "a task is cancelled between two writes that belong together",
      ru: "задача отменена между двумя записями, которые должны быть сделаны вместе",
    },
  },
  {
    name: "phantom-cancellation",
    severity: "warning",
    fault: {
      en: "a task ended as cancelled, and nobody had cancelled it",
      ru: "задача завершилась как отменённая, хотя её никто не отменял",
    },
  },
  {
    name: "siblings-outlive-failure",
    severity: "warning",
    fault: {
      en: "`gather()` failed, and the other tasks ran on unnoticed",
      ru: "`gather()` завершился ошибкой, а остальные задачи продолжили работать без присмотра",
    },
  },
  {
    name: "timeout-without-await",
    severity: "warning",
    fault: {
      en: "a time limit around code that never awaits",
      ru: "ограничение времени вокруг кода, который ничего не ждёт",
    },
  },
  {
    name: "tasks-outlive-wait",
    severity: "warning",
    fault: {
      en: "tasks that `wait()` left pending were forgotten",
      ru: "о задачах, которых `wait()` не дождался, забыли",
    },
  },
  {
    name: "timeout-misused",
    severity: "error",
    fault: {
      en: "a timeout was entered twice, changed too late, or used outside a task",
      ru: "тайм-аут использован дважды, изменён слишком поздно или применён вне задачи",
    },
  },
  {
    name: "task-group-misused",
    severity: "error",
    fault: {
      en: "a task group was used outside its `async with`",
      ru: "группа задач использована вне своего `async with`",
    },
  },
  {
    name: "async-generator-not-closed",
    severity: "warning",
    fault: {
      en: "an asynchronous generator was left half-way without `aclose()`",
      ru: "асинхронный генератор брошен на середине без `aclose()`",
    },
  },
  {
    name: "yield-in-cancel-scope",
    severity: "warning",
    fault: {
      en: "an asynchronous generator yields inside `timeout()`, a task group or `finally`",
      ru: "асинхронный генератор делает `yield` внутри `timeout()`, группы задач или `finally`",
    },
  },
  {
    name: "concurrent-anext",
    severity: "error",
    fault: {
      en: "an asynchronous generator was resumed while it ran",
      ru: "асинхронный генератор возобновили, пока он ещё работал",
    },
  },
  {
    name: "coroutine-reused",
    severity: "error",
    fault: {
      en: "one coroutine was awaited twice",
      ru: "одну и ту же сопрограмму ожидают дважды",
    },
  },
  {
    name: "await-non-awaitable",
    severity: "error",
    fault: {
      en: "something that is not awaitable was awaited",
      ru: "через await ожидают то, чего ожидать нельзя",
    },
  },
  {
    name: "wrong-async-protocol",
    severity: "error",
    fault: {
      en: "`with` or `for` was used where `async with` or `async for` belongs, or the other way round",
      ru: "`with` или `for` вместо `async with` или `async for` либо наоборот",
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
    name: "nested-event-loop",
    severity: "error",
    fault: {
      en: "an event loop was started inside a running one",
      ru: "цикл событий запущен внутри уже работающего",
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
    name: "cross-loop-object",
    severity: "error",
    fault: {
      en: "an object of one event loop was used in another",
      ru: "объект одного цикла событий использован в другом",
    },
  },
  {
    name: "not-thread-safe-call",
    severity: "error",
    fault: {
      en: "the event loop was used from another thread",
      ru: "цикл событий использован из другого потока",
    },
  },
  {
    name: "resource-not-closed",
    severity: "warning",
    fault: {
      en: "a loop, stream or session was left open",
      ru: "цикл событий, поток данных или сеанс остался незакрытым",
    },
  },
  {
    name: "primitive-misused",
    severity: "error",
    fault: {
      en: "a lock, future, queue or semaphore was used against its rules",
      ru: "блокировка, future, очередь или семафор использованы не по правилам",
    },
  },
  {
    name: "context-lost",
    severity: "warning",
    fault: {
      en: "a context variable was set in one task and read in another",
      ru: "контекстная переменная задана в одной задаче, а читается в другой",
    },
  },
  {
    name: "legacy-asyncio",
    severity: "error",
    fault: {
      en: "asyncio is used in a way that is gone from Python",
      ru: "asyncio используется способом, которого в Python больше нет",
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

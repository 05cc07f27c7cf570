import type { Kind } from "../generated/schema.ts";
import { duration, type Language, type Messages } from "../i18n/index.ts";

type Name = Kind extends infer One ? (One extends Record<infer Key, unknown> ? Key : never) : never;
type Of<Key extends Name> = Extract<Kind, Record<Key, unknown>>[Key];

/** What an event says, in one sentence. Objects are called as `name` calls them. */
export function happening(kind: Kind, t: Messages, language: Language, name: (id: number) => string): string {
  const w = t.happens;
  const who = (id: number | null): string => (id === null ? t.loop : name(id));
  // The main thread is not told of: this is what Python calls it.
  const thread = (id: number): string => (id === 0 ? "MainThread" : name(id));
  const words: { [Key in Name]: (of: Of<Key>) => string } = {
    source: ({ path }) => w.source(path),
    // What a call stack is for is told by the event that comes next.
    stack: () => "",
    loopCreated: () => w.loopCreated,
    loopStarted: () => w.loopStarted,
    loopStopped: () => w.loopStopped,
    loopClosed: ({ pending }) => (pending.length > 0 ? w.loopClosedPending(pending.length) : w.loopClosed),
    iteration: ({ ready, timers }) => w.iteration(ready, timers),
    idleUntil: ({ until }) => w.idleUntil(duration(until, language)),
    taskCreated: ({ id, parent }) => w.taskCreated(name(id), parent === null ? null : name(parent)),
    taskRenamed: ({ name: to }) => w.taskRenamed(to),
    stepStarted: ({ id, cancel }) => (cancel ? w.stepCancelled(name(id)) : w.stepStarted(name(id))),
    stepEnded: ({ id, end }) => {
      if (end === "finished") return w.stepFinished(name(id));
      return end.suspended.on === "yield" ? w.yields(name(id)) : w.suspends(name(id));
    },
    taskUnreferenced: ({ id }) => w.unreferenced(name(id)),
    cancelRequested: ({ id, by }) => w.cancelRequested(who(by), name(id)),
    uncancelled: ({ id }) => w.uncancelled(name(id)),
    cancellationCaught: ({ id }) => w.cancellationCaught(name(id)),
    futureCreated: ({ class: kindOf }) => w.futureCreated(kindOf),
    futureDone: ({ id, completion }) => {
      if (completion === "result") return w.futureDone(name(id));
      return completion === "cancelled" ? w.futureCancelled(name(id)) : w.futureFailed(name(id));
    },
    retrieved: ({ id, by }) => w.retrieved(who(by), name(id)),
    joined: ({ id, by }) => w.joined(who(by), name(id)),
    destroyed: ({ id, pending }) => (pending ? w.destroyedPending(name(id)) : w.destroyed(name(id))),
    handleScheduled: ({ callback, when }) =>
      when === null ? w.scheduled(callback) : w.timerSet(callback, duration(when, language)),
    handleCancelled: ({ id }) => w.handleCancelled(name(id)),
    handleStarted: ({ id }) => w.handleStarted(name(id)),
    handleEnded: ({ id }) => w.handleEnded(name(id)),
    coroutineCreated: ({ function: called }) => w.coroutineCreated(called),
    coroutineNeverAwaited: () => w.neverAwaited,
    coroutineDropped: () => w.coroutineDropped,
    blocked: ({ task, victims }) => w.blocked(who(task), victims.length),
    threadStarted: ({ name: called }) => w.threadStarted(called),
    threadFailed: ({ id, exception }) => w.threadFailed(exception.class, thread(id)),
    threadEnded: ({ id }) => w.threadEnded(thread(id)),
    threadSwitched: ({ id }) => w.threadSwitched(thread(id)),
    threadBlocked: ({ id, on }) => w.threadBlocked(thread(id), on),
    threadResumed: ({ id }) => w.threadResumed(thread(id)),
    misuse: ({ message }) => message,
    loopException: ({ message }) => message,
    log: ({ message }) => w.log(message),
    warning: ({ message }) => w.warning(message),
    uncaught: ({ exception }) => w.uncaught(exception.class),
    unraisable: ({ exception }) => w.uncaught(exception.class),
    output: ({ text }) => w.output(text.trimEnd().slice(0, 60)),
    fileLeft: ({ path }) => w.fileLeft(path),
    collection: ({ collected }) => w.collection(collected),
    asyncGeneratorAbandoned: () => w.generatorAbandoned,
    awaited: ({ id, by }) => w.awaited(name(by), name(id)),
    acquired: ({ class: kindOf, by }) => w.acquired(who(by), kindOf),
    released: ({ by }) => (by === null ? w.released : w.releasedBy(name(by))),
    noLongerAwaited: ({ id, by }) => w.noLongerAwaited(name(by), name(id)),
    raised: ({ exception, by }) => w.raised(exception.class, who(by)),
    ended: () => w.ended,
  };
  const [key = "", of] = (Object.entries(kind) as [string, unknown][])[0] ?? [];
  const say = (words as Record<string, ((of: unknown) => string) | undefined>)[key];
  return say?.(of) ?? key;
}

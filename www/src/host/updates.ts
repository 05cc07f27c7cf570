/** Keeps the site for visits without a network, and says when a newer one has been kept. */
import { hostWords } from "./words.ts";

/**
 * To be called when the engine is there, so that keeping it costs no second download. Where there is no service worker
 * to be had (a sandboxed frame, a plain `http:` host, a strict browser), the site works as it does without one.
 */
export async function keepOffline(): Promise<void> {
  try {
    const workers = navigator.serviceWorker;
    // Without one there is nothing to be newer than: a first visit has no news.
    const visitedBefore = workers.controller !== null;
    const registration = await workers.register("./sw.js", { updateViaCache: "none" });
    if (registration.waiting && visitedBefore) announce(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed" && workers.controller) announce(installing);
      });
    });
  } catch {
    // The next visit will need the network, as this one did.
  }
}

/** The page goes on with the version it has until its reader says otherwise: nothing typed is ever lost to an update. */
function announce(waiting: ServiceWorker): void {
  const words = hostWords();
  document.querySelector(".update")?.remove();
  const bar = document.createElement("div");
  bar.className = "update";
  bar.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = words.updated;
  const reload = button(words.reload, () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("activate");
  });
  const later = button(words.later, () => bar.remove());
  bar.append(text, reload, later);
  document.body.append(bar);
}

function button(label: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}

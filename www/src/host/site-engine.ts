/** The site's engine is fetched from beside the page. To be imported before the element is registered. */
import { fetchedSource } from "../source/fetched.ts";
import { provideEngine } from "../source/source.ts";
import { keepOffline } from "./updates.ts";

provideEngine((progress) => {
  const opened = fetchedSource(progress);
  if (import.meta.env.PROD) opened.engine.module.then(keepOffline, () => undefined);
  return opened;
});

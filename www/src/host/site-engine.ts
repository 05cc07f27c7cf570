/** The site's engine is fetched from beside the page. To be imported before the element is registered. */
import { provideSingleFile } from "../share/single-file.ts";
import { fetchedSource } from "../source/fetched.ts";
import { provideEngine } from "../source/source.ts";
import { keepOffline } from "./updates.ts";

/** Milliseconds after the engine has arrived in which the processor has a first run to do. */
const FIRST_RUN = 500;

provideSingleFile(async () => {
  const response = await fetch("./loopscope.html");
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.text();
});

provideEngine((progress) => {
  const opened = fetchedSource(progress);
  if (import.meta.env.PROD) {
    opened.engine.module.then(
      () => setTimeout(() => void keepOffline(), FIRST_RUN),
      () => undefined,
    );
  }
  return opened;
});

/** The packages that programs may import, as `cargo xtask packages` leaves them, made ready for the site. */

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { archiveOf } from "./archive.mjs";

/**
 * Packs each package by itself: not every host compresses what it does not know. The ending is one that no host takes for
 * an encoding of something else.
 */
export function preparePackages(packages, site) {
  const target = join(site, "packages");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const entries = JSON.parse(readFileSync(join(packages, "index.json"), "utf8"));
  for (const { name, file } of entries) {
    const bytes = readFileSync(join(packages, file));
    copyFileSync(join(packages, file), join(target, `${name}.bin`));
    writeFileSync(join(target, `${name}.bundle`), gzipSync(bytes, { level: 9 }));
  }
  const index = entries.map(({ name, version, modules, needs }) => ({ name, version, modules, needs }));
  writeFileSync(join(target, "index.json"), JSON.stringify(index));
}

/** What there is. */
export function packageIndex(site) {
  return JSON.parse(readFileSync(join(site, "packages/index.json"), "utf8"));
}

/** All packages in one archive, by their names. */
export function allPackages(site) {
  return archiveOf(
    packageIndex(site).map(({ name }) => ({
      path: name,
      bytes: readFileSync(join(site, "packages", `${name}.bin`)),
    })),
  );
}

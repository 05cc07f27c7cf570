import type { Diagnostic, Fix, Region, Related } from "../generated/schema.ts";
import type { Language } from "../i18n/index.ts";
import { legible, legibleName } from "../legible.ts";

/** A stretch of a file of the workspace; lines and columns from 1, columns in characters, the end exclusive. */
export interface Place extends Region {
  file: string;
}

/** As the program reads: by file, then by place. What happened comes before what is only expected. */
export function inOrder(diagnostics: readonly Diagnostic[], files: readonly string[]): readonly Diagnostic[] {
  const rank = new Map(files.map((path, index) => [path, index]));
  const of = (finding: Diagnostic): number => rank.get(finding.file) ?? files.length;
  return [...diagnostics].sort(
    (a, b) =>
      of(a) - of(b) ||
      a.span.line - b.span.line ||
      a.span.column - b.span.column ||
      a.evidence.localeCompare(b.evidence) ||
      a.time - b.time ||
      a.rule.localeCompare(b.rule),
  );
}

export function placeOf(at: { file: string; span: Region }): Place {
  const { line, column, endLine, endColumn } = at.span;
  return { file: at.file, line, column, endLine, endColumn };
}

/**
 * What a finding says, or what it says of another place, in the reader's language. Names of code stand between backticks, and
 * one that is empty, or nothing but room, is quoted.
 */
export function sentenceOf(said: Diagnostic | Related, language: Language): string {
  const words = legible(language === "ru" ? said.messageRu : said.message);
  return words.replaceAll(/`([^`]*)`/g, (span, name: string) =>
    name.trim() === "" ? `\`${legibleName(name)}\`` : span,
  );
}

export function titleOf(fix: Fix, language: Language): string {
  return language === "ru" ? fix.titleRu : fix.title;
}

import { css } from "lit";

export const findingsStyle = css`
  .tally {
    display: flex;
    gap: 9px;
    font-size: 12.5px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .tally span {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .tally svg {
    width: 14px;
    height: 14px;
  }
  .tally .error {
    color: var(--error);
  }
  .tally .warning {
    color: var(--warning);
  }
  .tally .info {
    color: var(--info);
  }
  .head .explore {
    flex: 0 1 auto;
    min-width: 34px;
    min-height: 28px;
    padding: 2px 10px;
    font-size: 12.5px;
  }
  .explore span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .head:has(> .explore) {
    container: findings-head / inline-size;
  }
  /* Beside the tally the words would be cut, and their beginning says less than the sign. */
  @container findings-head (max-width: 460px) {
    .explore span {
      display: none;
    }
  }
  @container findings-head (max-width: 290px) {
    .tally {
      display: none;
    }
  }
  .walk {
    display: flex;
    flex: none;
  }
  .walk .icon-button {
    width: 28px;
    min-height: 28px;
  }
  .findings {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .finding {
    --tone: var(--info);
    --wash: var(--info-wash);
    position: relative;
    padding: 11px 14px 12px 44px;
    border-bottom: 1px solid var(--line);
    scroll-margin: 8px;
  }
  .finding.error {
    --tone: var(--error);
    --wash: var(--error-wash);
  }
  .finding.warning {
    --tone: var(--warning);
    --wash: var(--warning-wash);
  }
  .finding[data-chosen] {
    background: var(--wash);
  }
  .finding.follows {
    padding-top: 5px;
    border-top: 1px dashed var(--line);
  }
  .finding:has(+ .follows) {
    border-bottom: 0;
  }
  .finding.follows::before {
    content: "";
    position: absolute;
    inset: -14px auto auto 22px;
    height: 16px;
    border-left: 1.5px solid var(--line-strong);
  }
  .finding.follows .mark {
    top: 7px;
  }
  .finding .mark {
    position: absolute;
    inset: 13px auto auto 15px;
    color: var(--tone);
  }
  .finding > .message {
    margin: 0;
    line-height: 1.45;
  }
  .finding header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 1px 10px;
    margin-top: 2px;
    color: var(--muted);
    font-size: 12px;
  }
  .finding .level {
    color: var(--tone);
    font-weight: 650;
  }
  .finding .rule {
    margin: 0;
    font: 12px var(--mono);
  }
  .finding .rule button {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    cursor: pointer;
    text-align: start;
  }
  .finding .rule button:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .finding .when {
    font-variant-numeric: tabular-nums;
  }
  /* The same again, elsewhere: where, and what helps there. */
  .finding.repeats {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    padding-block: 5px;
  }
  .finding.repeats :is(header, .fixes) {
    margin: 0;
  }
  .finding.repeats .mark {
    top: 8px;
  }
  .finding.repeats .fixes .button {
    min-height: 24px;
    padding: 0 8px;
    font-size: 12.5px;
  }
  .finding p {
    margin: 4px 0 0;
    overflow-wrap: anywhere;
  }
  .finding .words {
    margin-top: 5px;
    color: var(--muted);
    font: 12px/1.5 var(--mono);
    white-space: pre-wrap;
  }
  .finding .words b {
    font: 600 11.5px var(--sans);
  }
  .finding ul.related {
    margin: 6px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .finding ul.related li {
    display: flex;
    gap: 8px;
    padding: 1px 0;
    align-items: baseline;
  }
  .finding ul.related li::before {
    content: "↳";
    color: var(--faint);
  }
  .finding .predicted {
    padding: 0 6px;
    border: 1px dashed var(--tone);
    border-radius: 9px;
    color: var(--tone);
    font-size: 11.5px;
  }
  .fixes {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 7px;
  }
  .fixes .button {
    min-height: 28px;
    padding: 2px 10px;
    font-size: 13px;
    white-space: normal;
    text-align: start;
  }
  .fixes .button svg {
    color: var(--accent);
  }
  .comparison {
    padding: 10px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--accent-wash);
  }
  .comparison p {
    margin: 0 0 4px;
    overflow-wrap: anywhere;
  }
  .comparison p svg {
    display: inline-block;
    vertical-align: -2px;
  }
  .comparison .gone svg {
    color: var(--good);
  }
  .comparison .come svg {
    color: var(--warning);
  }
  .comparison code {
    font: 12px var(--mono);
  }
  .comparison .button {
    min-height: 28px;
    margin-top: 4px;
  }
  .finding details {
    margin-top: 6px;
    font-size: 13px;
  }
  .finding summary {
    width: fit-content;
    color: var(--muted);
    font-size: 12.5px;
    cursor: pointer;
    border-radius: 4px;
  }
  .finding summary:hover {
    color: var(--ink);
  }
  .finding details h4 {
    margin: 10px 0 0;
    font-size: 13px;
  }
  .finding details pre {
    margin: 6px 0 0;
    padding: 8px 10px;
    overflow: auto;
    border-radius: 6px;
    background: var(--sunken);
    font: 12px/1.5 var(--mono);
  }
  .finding code {
    font: 0.92em var(--mono);
  }
  .verdict {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 30px 20px;
    color: var(--muted);
    text-align: center;
  }
  .verdict svg {
    width: 30px;
    height: 30px;
    margin-bottom: 4px;
    color: var(--good);
  }
  .verdict strong {
    color: var(--ink);
    font-weight: 650;
  }
  .verdict p {
    max-width: 40ch;
    margin: 0;
  }
  .unloaded {
    margin: 0;
  }
  .unloaded,
  .internal {
    padding: 12px 14px;
    border-bottom: 1px solid var(--line);
    background: var(--error-wash);
  }
  .internal p {
    margin: 0 0 6px;
  }
  .internal pre {
    max-height: 160px;
    margin: 0 0 8px;
    overflow: auto;
    font: 12px/1.5 var(--mono);
    white-space: pre-wrap;
  }
`;

// The reader's own proof: takes a published result, computes it again from proposals, ballots and rule, and says whether it is the
// same. Nothing is sent anywhere. data-recompute="address of the file" on a <section>; its words are in data-same, data-differs,
// data-unknown, data-unreadable and data-busy, {0} being what they are about.

import { fraction, parsed, compare, times, written } from "./recompute_money.js";
import { KNOWN, MOST, settle } from "./recompute_rule.js";

const AT_ONCE = 40; // milliseconds of counting before the page may draw

function breather(tell) {
  let since = performance.now();
  return async (step) => {
    if (performance.now() - since < AT_ONCE) return;
    tell(step);
    await new Promise((resume) => { setTimeout(resume, 0); });
    since = performance.now();
  };
}

// The first word of the rule or number that is not ours to compute with, "" when all are known.
export function unknown({ contest, decision }) {
  const { rule } = contest;
  for (const [field, values] of Object.entries(KNOWN)) {
    const odd = [rule[field]].flat().find((value) => !values.includes(value));
    if (odd !== undefined) return `${field}: ${odd}`;
  }
  const wide = Object.keys(MOST).find((name) => !(Number.isInteger(rule[name]) && rule[name] >= 1 && rule[name] <= MOST[name]));
  if (wide) return `${wide}: ${rule[wide]}`;
  const names = ["cap", "completion", "fill", "lot", "method", "minimum_support", "need_share_permille", "pots_upwards", "step_permille", "ties", "utility"];
  const field = Object.keys(rule).find((name) => !names.includes(name));
  if (field) return field;
  const amounts = [...contest.proposals.map((p) => p.cost), ...contest.pots.map((p) => p.ceiling)];
  if (!amounts.every(Number.isSafeInteger) || !Number.isSafeInteger(amounts.reduce((a, b) => a + b, 0))) return "cost > 2^53";
  return decision.code_version === "1" ? "" : `code_version: ${decision.code_version}`;
}

// What the rule gives, in the words of the published file.
export async function decided(contest, tell = () => {}) {
  const pots = await settle(contest, breather(tell));
  const rounds = [], payments = {}, status = Object.fromEntries(contest.proposals.map((p) => [p.id, "not"]));
  for (const { hall, outcome } of pots) {
    for (const { id, price, pays, whole, tie, step, runner } of outcome.run.purchases) {
      const people = (some) => some.reduce((all, { payer }) => all + (hall.payers[payer].resident ? hall.payers[payer].count : 0), 0);
      const paid = pays.reduce((all, { payer, due }) => all + due * BigInt(hall.payers[payer].count), 0n);
      rounds.push({ k: rounds.length + 1, proposal: id, price: written(times(price, [outcome.bonus > 10 ? 10n : 1n, 1n])),
        payers: people(pays), poor: people(pays.filter((one) => one.all)), paid: written(fraction(paid, whole)), runner_up: runner, tie, tie_step: step });
      payments[id] = pays.flatMap(({ payer, due }) => hall.payers[payer].rows.map((row) => [row, due, whole]));
      status[id] = outcome.floored.includes(id) ? "floor" : "share";
    }
    for (const id of outcome.filled) status[id] = "fill";
  }
  const last = pots.at(-1);
  return {
    funded: pots.flatMap((pot) => pot.funded), status, rounds, payments,
    left_over: contest.rule.pots_upwards ? last?.left ?? 0 : pots.reduce((all, pot) => all + pot.left, 0),
    share_first: written(last?.hall.first ?? [0n, 1n]), share_final: written(last?.outcome.share ?? [0n, 1n]),
    ties: rounds.filter((round) => round.tie.length).length,
    bonus_permille: pots.reduce((most, pot) => Math.max(most, pot.outcome.bonus * 100), 1000),
    unmet: pots.flatMap(({ hall, outcome }) => hall.unmet(outcome).map((x) => `${x.pot}:${x.selector_kind}:${x.selector}`)),
    parts: pots.length < 2 ? [] : pots.map(({ hall, outcome, funded, left }) => ({ pot: hall.pot.id, ceiling: hall.ceiling, residents: hall.residents,
      funded, left_over: left, share_first: written(hall.first), share_final: written(outcome.share), bonus_permille: outcome.bonus * 100 })),
  };
}

const plain = (value) => (value && typeof value === "object" && !Array.isArray(value)
  ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, plain(value[name])]))
  : Array.isArray(value) ? value.map(plain) : value);
const same = (a, b) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

// {field, subject, said, right} of the first thing that differs, null when all is the same.
function difference(said, right) {
  for (let k = 0; k < Math.max(said.rounds.length, right.rounds.length); k++) {
    const [a, b] = [said.rounds[k], right.rounds[k]];
    if (!a || !b) return { round: k + 1, field: "rounds", said: a?.proposal ?? "", right: b?.proposal ?? "" };
    const field = Object.keys(b).find((name) => !same(a[name], b[name]));
    if (field) return { round: k + 1, field, subject: b.proposal, said: a[field], right: b[field] };
  }
  for (const field of ["funded", "status", "left_over", "share_first", "share_final", "ties", "bonus_permille", "unmet"]) {
    if (!same(said[field], right[field])) return { field, said: said[field], right: right[field] };
  }
  const parts = said.parts.map(({ certificates, ...rest }) => rest);
  if (!same(parts, right.parts)) return { field: "parts", said: parts.length, right: right.parts.length };
  const ids = Object.keys(said.payments);
  if (ids.length !== Object.keys(right.payments).length) return { field: "payments", said: ids.length, right: Object.keys(right.payments).length };
  for (const id of ids) {
    const { amounts, who } = said.payments[id], ours = new Map((right.payments[id] ?? []).map(([row, due, whole]) => [row, [due, whole]]));
    const exact = amounts.map(parsed);
    const odd = who.length !== ours.size ? who[0] ?? [0] : who.find(([row, at]) => !ours.has(row) || compare(exact[at], ours.get(row)) !== 0);
    if (odd) return { field: "payments", subject: id, said: odd[0], right: "" };
  }
  return null;
}

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Is the rule the one whose hash was published? (Where the browser lets a page take hashes.)
async function ruleHash(rule) {
  const digest = globalThis.crypto?.subtle?.digest("SHA-256", new TextEncoder().encode(JSON.stringify(plain(rule))));
  return digest ? hex(await digest) : null;
}

export async function recompute(file, tell) {
  const odd = unknown(file);
  if (odd) return { verdict: "unknown", field: odd };
  const right = await decided(file.contest, tell);
  const found = difference(file.decision, right);
  if (found) return { verdict: "differs", ...found };
  const hash = await ruleHash(file.contest.rule);
  if (hash && hash !== file.decision.rule_hash) return { verdict: "differs", field: "rule_hash", said: file.decision.rule_hash, right: hash };
  return { verdict: "same", funded: right.funded, rounds: right.rounds.length };
}

const filled = (text, ...values) => (text ?? "").replace(/\{(\d)\}/g, (_, at) => values[at] ?? "");

async function show(section) {
  const { dataset } = section, button = section.querySelector("button"), out = section.querySelector("output");
  button.disabled = true;
  out.textContent = filled(dataset.busy, "");
  try {
    const file = await (await fetch(dataset.recompute, { credentials: "same-origin", cache: "no-store" })).json();
    const found = await recompute(file, (step) => { out.textContent = filled(dataset.busy, step); });
    section.dataset.verdict = found.verdict;
    out.textContent = found.verdict === "same" ? filled(dataset.same, found.funded.length)
      : found.verdict === "unknown" ? filled(dataset.unknown, found.field)
        : filled(dataset.differs, found.round ?? "–", [found.field, found.subject].filter(Boolean).join(" "), String(found.said), String(found.right));
  } catch (fault) {
    section.dataset.verdict = "unreadable";
    out.textContent = filled(dataset.unreadable, fault.message);
  }
  button.disabled = false;
}

if (globalThis.document) {
  for (const section of document.querySelectorAll("[data-recompute]")) {
    section.querySelector("button")?.addEventListener("click", () => show(section));
  }
}

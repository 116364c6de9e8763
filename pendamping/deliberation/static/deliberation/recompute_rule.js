// The rule of allocation/README.md, once more, for recompute.js: pots, shares, purchases, completion, filling, floors.

import { Purses, Rough, compare, fraction, near, over, parsed, plus, times } from "./recompute_money.js";
import { phragmen } from "./recompute_phragmen.js";

const MOST_TENTHS = 100;
export const MOST = { cap: 10, step_permille: 1000 }; // at least 1: the bounds of a rule that is published
const MOST_SUMS = 100_000;
const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);
export const KNOWN = {
  method: ["mes", "greedy_votes", "phragmen"], utility: ["cost", "count", "points", "points_cost"],
  completion: ["none", "steps"], fill: ["none", "votes", "points"],
  ties: ["lowest_cost", "most_supporters", "need", "lot", "id"],
};

// Texts by code point, as Python sorts them; JavaScript's own order is by halves of them.
function byCode(a, b) {
  const x = [...a], y = [...b], at = x.findIndex((c, i) => c !== y[i]);
  return at < 0 ? x.length - y.length : (x[at].codePointAt(0) - (y[at]?.codePointAt(0) ?? -1));
}

// Different ballots in the order of their first appearance.
export function rowsOf({ offsets, choices, points, weight, endow, area }) {
  const rows = new Map();
  weight.forEach((count, row) => {
    const paper = [];
    for (let at = offsets[row]; at < offsets[row + 1]; at++) paper.push([choices[at], points ? points[at] : 1]);
    const one = { paper, endow: endow?.[row] ?? "1/1", area: area?.[row] ?? null };
    const key = JSON.stringify(one);
    if (rows.has(key)) rows.get(key).count += count; else rows.set(key, { ...one, count });
  });
  return [...rows.values()];
}

class Hall {
  constructor(contest, rows, pot, ceiling, past) {
    Object.assign(this, { contest, pot, ceiling, past: new Set(past), rule: contest.rule });
    const { rule } = this, all = contest.proposals;
    this.byCost = rule.utility === "cost" || rule.utility === "points_cost";
    this.byPoints = rule.utility === "points" || rule.utility === "points_cost";
    this.proposals = all.filter((p) => !this.past.has(p.id)
      && (!pot.areas || pot.areas.includes(p.area)) && (!pot.headings || pot.headings.includes(p.heading)));
    this.of = new Map(this.proposals.map((p) => [p.id, p]));
    this.bars = new Map(all.map((p) => [p.id, new Set()]));
    for (const p of all) {
      for (const other of p.excludes) {
        if (other !== p.id && this.bars.has(other)) {
          this.bars.get(p.id).add(other);
          this.bars.get(other).add(p.id);
        }
      }
    }
    this.limits = contest.limits.filter((limit) => limit.pot === pot.id);
    this.held = new Map(this.proposals.map((p) => [p.id, this.limits.filter((limit) => (limit.selector_kind === "group"
      ? p.groups.includes(limit.selector) : p[limit.selector_kind] === limit.selector))]));
    this.seat(rows);
    this.candidates = this.proposals.filter((p) => p.cost <= ceiling && this.supporters.get(p.id)
      && !(rule.minimum_support
        && 3n * BigInt(ceiling) * BigInt(this.supporters.get(p.id)) < BigInt(p.cost) * BigInt(this.residents))).map((p) => p.id);
    this.seatCriteria(rows.length);
    this.rank = new Map([...this.of.keys()].sort((a, b) => this.order(a, b)).map((id, place) => [id, place]));
  }

  seat(rows) {
    const alike = new Map();
    this.supporters = new Map(this.proposals.map((p) => [p.id, 0]));
    this.points = new Map(this.supporters);
    rows.forEach((row, number) => {
      if (this.pot.areas && row.area !== null && !this.pot.areas.includes(row.area)) return;
      const likes = row.paper.map(([at, x]) => [this.contest.proposals[at].id, x])
        .filter(([id, x]) => x > 0 && this.of.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([row.endow, likes]);
      if (!alike.has(key)) alike.set(key, { rows: [], count: 0, endow: parsed(row.endow), likes: new Map(likes), resident: true });
      const payer = alike.get(key);
      payer.rows.push(number);
      payer.count += row.count;
      for (const [id, x] of likes) {
        this.supporters.set(id, this.supporters.get(id) + row.count);
        this.points.set(id, this.points.get(id) + row.count * (this.byPoints ? x : 1));
      }
    });
    this.payers = [...alike.values()];
    this.residents = sum(this.payers, (payer) => payer.count);
  }

  seatCriteria(beyond) {
    const total = this.payers.reduce((all, p) => plus(all, times(fraction(BigInt(p.count)), p.endow)), [0n, 1n]);
    const names = [...new Set(this.proposals.flatMap((p) => Object.keys(p.need).filter((c) => p.need[c] > 0)))].sort(byCode);
    const need = names.length ? this.rule.need_share_permille : 0, left = BigInt(1000 - need);
    this.first = total[0] ? over(fraction(BigInt(this.ceiling) * left, 1000n), total) : [0n, 1n];
    if (need && total[0]) {
      const endow = over(times(total, fraction(BigInt(need))), fraction(left * BigInt(names.length)));
      names.forEach((name, place) => {
        const likes = new Map(this.proposals.filter((p) => p.need[name] > 0).map((p) => [p.id, p.need[name]]));
        for (const [id, x] of likes) this.points.set(id, this.points.get(id) + x);
        this.payers.push({ rows: [beyond + place], count: 1, endow, likes, resident: false });
      });
    }
    for (const payer of this.payers) payer.endowNear = near(payer.endow);
  }

  key(step, id) {
    const p = this.of.get(id), place = this.rule.lot.indexOf(id);
    if (step === "lowest_cost") return p.cost;
    if (step === "most_supporters") return -this.supporters.get(id);
    if (step === "need") return -sum(Object.values(p.need), (x) => x);
    if (step === "lot") return place < 0 ? this.rule.lot.length : place;
    return id;
  }

  order(a, b) {
    for (const step of [...this.rule.ties, "id"]) {
      const [x, y] = [this.key(step, a), this.key(step, b)];
      if (x !== y) return (step === "id" ? byCode(x, y) < 0 : x < y) ? -1 : 1;
    }
    return 0;
  }

  // the first of equals, and the step that told it from the last equal one
  better(equals) {
    let left = equals, said = "";
    for (const step of [...this.rule.ties, "id"]) {
      if (left.length === 1) break;
      const keys = left.map((id) => this.key(step, id));
      const first = step === "id" ? this.key("id", [...left].sort((a, b) => this.order(a, b))[0]) : Math.min(...keys);
      const kept = left.filter((_, at) => keys[at] === first);
      if (kept.length < left.length) said = step;
      left = kept;
    }
    return [left[0], said];
  }

  cost(id) { return this.of.get(id).cost; }
  spent(ids) { return sum([...ids], (id) => this.cost(id)); }
  counted(limit, chosen) { return this.spent([...chosen].filter((id) => this.held.get(id)?.includes(limit))); }
  waits(id, chosen) {
    return this.of.get(id).requires.some((base) => this.bars.has(base) && !this.past.has(base) && !chosen.has(base));
  }

  barred(id, chosen) {
    for (const other of this.bars.get(id)) if (this.past.has(other) || chosen.has(other)) return true;
    return this.held.get(id).some((limit) => limit.most !== null && this.counted(limit, chosen) + this.cost(id) > limit.most);
  }

  market(tagged = new Set(), tenths = 10) {
    const lists = new Map(this.candidates.map((id) => [id, []]));
    this.payers.forEach((payer, at) => {
      for (const [id, x] of payer.likes) {
        if (!lists.has(id)) continue;
        const u = Math.max((this.byCost ? this.cost(id) : 1) * (this.byPoints || !payer.resident ? x : 1), 1);
        lists.get(id).push({ payer: at, weight: BigInt(payer.count), u: BigInt(u) * BigInt(tagged.has(id) ? tenths : tagged.size ? 10 : 1) });
      }
    });
    for (const list of lists.values()) {
      list.units = list.reduce((all, s) => all + s.weight * s.u, 0n);
      list.near = { payer: Int32Array.from(list, (s) => s.payer), weight: Float64Array.from(list, (s) => Number(s.weight)),
        u: Float64Array.from(list, (s) => Number(s.u)), units: Number(list.units) };
    }
    return lists;
  }

  // One run, exact throughout, each purchase with its runner-up. With `stop` only what is needed to go on.
  run(lists, share, { reserved = [], among = this.candidates, beside = [] } = {}) {
    const purses = new Purses(this.payers, share), bought = new Set(), purchases = [];
    const first = compare(share, this.first) === 0;
    let open = among.filter((id) => lists.get(id).units), cost = 0;
    const note = (id, paid, tie, step, runner) => {
      purchases.push({ id, ...paid, tie, step, runner });
      bought.add(id);
      cost += this.cost(id);
      open = open.filter((one) => one !== id);
    };
    for (const id of reserved) {
      const list = lists.get(id), price = purses.price(list, BigInt(this.cost(id)));
      note(id, price ? purses.pay(list, price) : purses.payAll(list, BigInt((this.byCost && this.cost(id)) || 1)), [], "floor", null);
    }
    for (;;) {
      const chosen = new Set([...beside, ...bought]);
      open = open.filter((id) => !this.barred(id, chosen) && !(first && this.spent(beside) + cost + this.cost(id) > this.ceiling));
      const priced = [];
      for (const id of open) {
        if (this.waits(id, chosen)) continue;
        const price = purses.price(lists.get(id), BigInt(this.cost(id)));
        if (price) priced.push({ id, price }); else open = open.filter((one) => one !== id);
      }
      if (!priced.length) return { bought, purchases, cost, purses };
      priced.sort((a, b) => compare(a.price, b.price) || this.rank.get(a.id) - this.rank.get(b.id));
      const equals = priced.filter((one) => compare(one.price, priced[0].price) === 0).map((one) => one.id);
      const [winner, said] = this.better(equals);
      if (cost + this.cost(winner) > this.ceiling) return { bought, purchases, cost, purses, over: true };
      const { price } = priced.find((one) => one.id === winner);
      note(winner, purses.pay(lists.get(winner), price), equals.filter((id) => id !== winner), said, priced[1]?.id ?? null);
    }
  }

  // The same run in doubles: what it buys, or null when a decision is too close for them.
  rough(lists, share, reserved) {
    if (reserved.length) return null;
    const purses = new Rough(this.payers, share), bought = new Set(), bounds = new Map();
    let cost = 0, exact = null;
    const order = [];
    const settle = (ids) => { // the exact prices of these, the purchases so far repeated in fractions
      exact ??= { purses: new Purses(this.payers, share), done: 0 };
      for (; exact.done < order.length; exact.done++) {
        const list = lists.get(order[exact.done]);
        exact.purses.pay(list, exact.purses.price(list, BigInt(this.cost(order[exact.done]))));
      }
      return ids.map((id) => [id, exact.purses.price(lists.get(id), BigInt(this.cost(id)))]);
    };
    for (const id of this.candidates) {
      if (!this.cost(id)) return null;
      bounds.set(id, this.cost(id) / lists.get(id).near.units);
    }
    const first = compare(share, this.first) === 0;
    for (;;) {
      for (const id of bounds.keys()) {
        if (this.barred(id, bought) || (first && cost + this.cost(id) > this.ceiling)) bounds.delete(id);
      }
      let best = Infinity, found = [];
      for (const [id, bound] of [...bounds].sort((a, b) => a[1] - b[1])) {
        if (bound > best * (1 + Rough.sure)) break;
        if (this.waits(id, bought)) continue;
        let price = purses.price(lists.get(id).near, this.cost(id), bound);
        if (price === "?") {
          const [[, exactly]] = settle([id]);
          price = exactly && { rho: near(fraction(exactly[0], exactly[1] * exact.purses.whole)), fresh: false };
        }
        if (!price) { bounds.delete(id); continue; }
        bounds.set(id, price.rho * (1 - 1e-12));
        best = Math.min(best, price.rho);
        found.push({ id, ...price });
      }
      if (!found.length) return { bought, cost };
      found = found.filter((one) => one.rho <= best * (1 + Rough.sure));
      let winner = found[0].id;
      if (found.length > 1) {
        const prices = found.every((one) => one.fresh)
          ? found.map(({ id }) => [id, [BigInt(this.cost(id)), lists.get(id).units]]) : settle(found.map((one) => one.id));
        const least = prices.reduce((a, b) => (compare(b[1], a[1]) < 0 ? b : a))[1];
        [winner] = this.better(prices.filter(([, price]) => compare(price, least) === 0).map(([id]) => id));
      }
      cost += this.cost(winner);
      if (cost > this.ceiling) return { over: true, bought, cost };
      purses.pay(lists.get(winner).near, found.find((one) => one.id === winner).rho);
      bought.add(winner);
      order.push(winner);
      bounds.delete(winner);
    }
  }

  share(step) {
    const { rule, first } = this;
    if (!step) return first;
    if (rule.completion !== "steps" || !rule.step_permille || !first[0]) return null;
    const share = times(first, fraction(BigInt(1000 + step * rule.step_permille), 1000n));
    return compare(share, times(first, fraction(BigInt(rule.cap)))) <= 0 ? share : null;
  }

  // Raise the share, every step a run of its own; `breathe` lets the page live in between.
  async complete(lists, breathe, reserved = []) {
    let step = 0;
    for (; ; step++) {
      const share = this.share(step);
      if (!share) { step--; break; }
      const run = this.rough(lists, share, reserved) ?? this.run(lists, share, { reserved });
      if (run.over) { step--; break; }
      if (this.candidates.every((id) => run.bought.has(id) || this.waits(id, run.bought) || this.barred(id, run.bought))) break;
      await breathe(step);
    }
    step = Math.max(step, 0);
    const share = this.share(step), run = this.run(lists, share, { reserved });
    return { step, share, run, filled: this.fill(run.bought), floored: reserved, bonus: 10 };
  }

  fill(bought, votes = { none: null, votes: this.supporters, points: this.points }[this.rule.fill]) {
    const chosen = new Set(bought), filled = [];
    if (!votes) return filled;
    const ranked = [...this.candidates].sort((a, b) => votes.get(b) - votes.get(a) || this.rank.get(a) - this.rank.get(b));
    let room = this.ceiling - this.spent(chosen);
    for (;;) {
      const next = ranked.find((id) => !chosen.has(id) && this.cost(id) <= room && !this.waits(id, chosen) && !this.barred(id, chosen));
      if (!next) return filled;
      filled.push(next);
      chosen.add(next);
      room -= this.cost(next);
    }
  }

  unmet({ run, filled }) {
    const chosen = new Set([...run.bought, ...filled]);
    return this.limits.filter((limit) => limit.least !== null && this.counted(limit, chosen) < limit.least);
  }

  // Could the proposals of a floor add up to it, within the ceiling and beside the caps?
  inReach(floor) {
    const mine = this.candidates.filter((id) => this.held.get(id).includes(floor) && !this.barred(id, new Set()));
    const room = this.limits.filter((cap) => cap.most !== null).reduce((least, cap) => {
      const capped = this.counted(cap, mine);
      return Math.min(least, this.spent(mine) - capped + Math.min(capped, cap.most));
    }, this.ceiling);
    const sums = new Set([0]);
    for (const id of mine) {
      for (const one of [...sums]) if (one + this.cost(id) <= room) sums.add(one + this.cost(id));
      if (sums.size > MOST_SUMS) return true;
    }
    return [...sums].some((one) => one >= floor.least);
  }

  reserve(missing) {
    const chosen = new Set();
    for (const limit of missing) {
      const tagged = this.candidates.filter((id) => this.held.get(id).includes(limit) && !chosen.has(id));
      const alone = [...this.run(this.market(), this.first, { among: tagged, beside: [...chosen] }).bought];
      const rest = tagged.filter((id) => !alone.includes(id))
        .sort((a, b) => this.supporters.get(b) - this.supporters.get(a) || this.rank.get(a) - this.rank.get(b));
      for (const id of [...alone, ...rest]) {
        if (this.counted(limit, chosen) >= limit.least) break;
        if (!chosen.has(id) && this.spent(chosen) + this.cost(id) <= this.ceiling && !this.waits(id, chosen) && !this.barred(id, chosen)) chosen.add(id);
      }
    }
    return [...chosen];
  }

  async decide(breathe) {
    if (this.rule.method === "phragmen") {
      const outcome = await phragmen(this, breathe);
      return { ...outcome, filled: this.fill(outcome.run.bought) };
    }
    if (this.rule.method === "greedy_votes") {
      const filled = this.fill([], this.byPoints || this.rule.fill === "points" ? this.points : this.supporters);
      return { step: 0, share: [0n, 1n], run: { bought: new Set(), purchases: [] }, filled, floored: [], bonus: 10 };
    }
    const plain = await this.complete(this.market(), breathe);
    const missing = this.unmet(plain);
    if (!missing.length) return plain;
    const tagged = new Set(this.candidates.filter((id) => this.held.get(id).some((limit) => missing.includes(limit))));
    const enough = missing.every((limit) => this.inReach(limit));
    for (let tenths = 11; enough && tenths <= MOST_TENTHS; tenths++) {
      const outcome = await this.complete(this.market(tagged, tenths), breathe);
      if (!this.unmet(outcome).length) return { ...outcome, bonus: tenths };
    }
    return this.complete(this.market(), breathe, this.reserve(missing));
  }
}

// All pots in their order: [{hall, outcome}].
export async function settle(contest, breathe) {
  const rows = rowsOf(contest.ballots), found = [];
  let past = [], carried = 0;
  for (const pot of contest.pots) {
    const hall = new Hall(contest, rows, pot, pot.ceiling + carried, past);
    const outcome = await hall.decide(breathe);
    const funded = [...outcome.run.bought, ...outcome.filled];
    const left = hall.ceiling - hall.spent(funded);
    if (contest.rule.pots_upwards) carried = left;
    past = [...past, ...funded];
    found.push({ hall, outcome, funded, left });
  }
  return found;
}

// Sequential Phragmén for recompute.js: everybody earns at the rate of its endowment, supporters who can pay together buy.

import { compare, fraction, lcm, over, plus, times } from "./recompute_money.js";

// The outcome for one pot before filling; its share is the moment of the last purchase.
export async function phragmen(hall, breathe) {
  const { payers } = hall, backers = new Map(hall.candidates.map((id) => [id, []]));
  payers.forEach(({ likes }, payer) => { for (const id of likes.keys()) backers.get(id)?.push(payer); });
  const unit = payers.reduce((all, { endow }) => lcm(all, endow[1]), 1n);
  const rate = payers.map(({ count, endow }) => BigInt(count) * endow[0] * (unit / endow[1])); // in units
  const moments = [[0n, 1n]], last = payers.map(() => 0); // a payer has paid up to moments[last]
  const bought = new Set(), purchases = [];
  let now = moments[0], cost = 0;

  // When its supporters hold its cost; `some`: whom it takes only, those who have saved longest first.
  const due = (id, some) => {
    const rates = moments.map(() => 0n);
    for (const payer of backers.get(id)) rates[last[payer]] += rate[payer];
    let above = [BigInt(hall.cost(id)) * unit, 1n], below = 0n;
    for (const at of [...moments.keys()].filter((k) => rates[k]).sort((a, b) => compare(moments[a], moments[b]))) {
      if (some && below && compare(moments[at], over(above, [below, 1n])) >= 0) break;
      above = plus(above, times(moments[at], [rates[at], 1n]));
      below += rates[at];
    }
    return below && over(above, [below, 1n]);
  };

  for (;;) {
    const open = [];
    for (const id of hall.candidates) {
      const at = !bought.has(id) && !hall.waits(id, bought) && !hall.barred(id, bought) && due(id);
      if (at) open.push({ id, at: compare(at, now) < 0 ? now : at });
    }
    open.sort((a, b) => compare(a.at, b.at) || hall.rank.get(a.id) - hall.rank.get(b.id));
    const equals = open.filter(({ at }) => compare(at, open[0].at) === 0).map(({ id }) => id);
    if (!open.length || equals.some((id) => cost + hall.cost(id) > hall.ceiling)) break;
    const [id, step] = hall.better(equals), level = due(id, true);
    now = open[0].at;
    const all = compare(level, now) === 0, paid = [];
    for (const payer of backers.get(id)) {
      const [n, d] = times(plus(level, times(moments[last[payer]], [-1n, 1n])), payers[payer].endow);
      if (n <= 0n) continue;
      paid.push({ payer, n, d });
      last[payer] = moments.length;
    }
    moments.push(level);
    const whole = paid.reduce((most, { d }) => (most % d ? lcm(most, d) : most), 1n);
    const pays = paid.map(({ payer, n, d }) => ({ payer, due: n * (whole / d), all }));
    purchases.push({ id, price: now, pays, whole, tie: equals.filter((one) => one !== id), step, runner: open[1]?.id ?? null });
    bought.add(id);
    cost += hall.cost(id);
    await breathe(purchases.length);
  }
  return { step: 0, share: now, run: { bought, purchases, cost }, floored: [], bonus: 10 };
}

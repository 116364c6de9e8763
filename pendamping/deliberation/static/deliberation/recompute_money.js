// Exact money for recompute.js: fractions of BigInt, the purses of one run, the price of a proposal. No rounding anywhere;
// doubles only tell which prices are far apart, and whatever they cannot tell apart is told by the fractions.

const abs = (a) => (a < 0n ? -a : a);
export const gcd = (a, b) => { for (a = abs(a), b = abs(b); b; [a, b] = [b, a % b]); return a; };
export const lcm = (a, b) => (a / gcd(a, b)) * b;

export const fraction = (n, d = 1n) => { const g = gcd(n, d) || 1n; return [n / g, d / g]; };
export const parsed = (text) => { const [n, d] = text.split("/"); return fraction(BigInt(n), BigInt(d ?? 1)); };
export const written = ([n, d]) => `${n}/${d}`;
export const times = (a, b) => fraction(a[0] * b[0], a[1] * b[1]);
export const over = (a, b) => fraction(a[0] * b[1], a[1] * b[0]);
export const plus = (a, b) => fraction(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
export const compare = (a, b) => { const x = a[0] * b[1], y = b[0] * a[1]; return x < y ? -1 : x > y ? 1 : 0; };
const bits = (a) => a.toString(16).length * 4;
export const near = ([n, d]) => { // a double close to n / d, however long both are
  const shift = BigInt(Math.max(0, 64 + bits(d) - bits(n)));
  return Number((n << shift) / d) / 2 ** Number(shift);
};

// The purses of one run: what a resident of payer i holds is money[i] / whole.
export class Purses {
  constructor(payers, share) {
    const held = payers.map((payer) => times(share, payer.endow));
    this.whole = held.reduce((all, [, d]) => (all % d ? lcm(all, d) : all), 1n);
    this.money = held.map(([n, d]) => n * (this.whole / d));
  }

  // [R, U]: the price is R / (U · whole); null when the supporters together hold less than the cost
  price(supporters, cost) {
    const steps = new Map();
    let units = 0n, level = 1n;
    for (const { payer, weight, u } of supporters) {
      const held = this.money[payer], key = `${held.toString(36)} ${u}`;
      const step = steps.get(key);
      if (step) step.weight += weight; else steps.set(key, { held, u, weight });
      units += weight * u;
      if (level % u) level = lcm(level, u);
    }
    const ladder = [...steps.values()];
    for (const step of ladder) step.rank = step.held * (level / step.u);
    ladder.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
    let rest = cost * this.whole;
    for (const { held, u, weight } of ladder) {
      if (held * units >= rest * u) return [rest, units];
      rest -= weight * held;
      units -= weight * u;
    }
    return null;
  }

  pay(supporters, [above, below]) {
    const shrink = gcd(above, below) || 1n, rest = above / shrink, units = below / shrink;
    const price = fraction(rest, units * this.whole);
    if (units > 1n) {
      this.money = this.money.map((held) => held * units);
      this.whole *= units;
    }
    const pays = [];
    for (const { payer, u } of supporters) {
      const held = this.money[payer], due = rest * u < held ? rest * u : held;
      this.money[payer] = held - due;
      if (due) pays.push({ payer, due, all: due === held });
    }
    return { price, pays, whole: this.whole };
  }

  payAll(supporters, point) {
    let most = 0n;
    const pays = [];
    for (const { payer } of supporters) {
      const due = this.money[payer];
      if (due > most) most = due;
      if (due) pays.push({ payer, due, all: true });
      this.money[payer] = 0n;
    }
    return { price: fraction(most, this.whole * point), pays, whole: this.whole };
  }
}

const SURE = 1e-9; // relative; doubles of a run are right to about 1e-12

// The same run in doubles. `asked` counts the decisions they could not make.
export class Rough {
  constructor(payers, share) {
    const one = near(share);
    this.money = Float64Array.from(payers, (payer) => one * payer.endowNear);
    this.paid = new Uint8Array(payers.length);
  }

  // price in doubles: {rho, whole: everybody can pay in full and nobody has paid yet} or null, "?" when it is not sure
  price(list, cost, from) {
    const { payer, weight, u, units } = list;
    let total = 0, fresh = true;
    for (let i = 0; i < payer.length; i++) {
      total += weight[i] * this.money[payer[i]];
      if (this.paid[payer[i]]) fresh = false;
    }
    if (Math.abs(total - cost) <= SURE * cost) return "?";
    if (total < cost) return null;
    for (let rho = Math.max(from, cost / units), first = true; ; first = false) {
      let poor = 0, rich = 0;
      for (let i = 0; i < payer.length; i++) {
        const held = this.money[payer[i]];
        if (held < rho * u[i]) poor += weight[i] * held; else rich += weight[i] * u[i];
      }
      if (!rich) return { rho, fresh: false };
      const next = (cost - poor) / rich;
      if (next <= rho * (1 + 1e-14)) return { rho, fresh: fresh && first && poor === 0 };
      rho = next;
    }
  }

  pay(list, rho) {
    const { payer, u } = list;
    for (let i = 0; i < payer.length; i++) {
      const held = this.money[payer[i]], due = rho * u[i];
      this.money[payer[i]] = held <= due * (1 + 1e-13) ? 0 : held - due;
      this.paid[payer[i]] = 1;
    }
  }

  static sure = SURE;
}

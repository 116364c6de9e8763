"""One plain sentence for each losing proposal, in Indonesian and English. No catalogue: this package stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .decision import Explanation
from .holding import Holding

Words = Mapping[str, str]

TEXTS: dict[str, Words] = {
    "id": {
        "not": "{name} tidak {done}.",
        "no_support": "Tidak ada warga yang memilihnya.",
        "no_pot": "Tidak ada dana yang diperuntukkan bagi usulan ini.",
        "over_pot": "Harganya {price} melebihi seluruh dana yang tersedia.",
        "below_min_support": "{n} pendukung belum mencapai batas dukungan paling sedikit untuk harga {price}.",
        "excluded_by": "Usulan {other} yang terpilih tidak dapat dijalankan bersamanya.",
        "requires": "Usulan ini memerlukan {other}, yang tidak {done}.",
        "cap_reached": "Batas dana untuk {other} sudah tercapai.",
        "did_not_fit": "Dana yang tersisa baginya tidak cukup untuk harga {price}.",
        "people": "{n} pendukungnya",
        "person": "{n} pendukungnya",
        "more": "{n} warga lagi",
        "one_more": "{n} warga lagi",
        "start": "{people} memegang {start} pada awal",
        "spent": "{spent} dipakai untuk {others}",
        "left": "Tersisa {left} untuk usulan seharga {price}.",
        "would_both": "{estimate}: {done} dengan harga paling tinggi {at} atau dengan {more}. {anew}",
        "would_price": "{estimate}: {done} dengan harga paling tinggi {at}. {anew}",
        "would_more": "{estimate}: {done} dengan {more}. {anew}",
        "holds": "Dihitung ulang dengan harga lain: {done} pada harga {at}, tidak lagi pada {above}.",
        "no_price": "Dihitung ulang dengan harga lain: dari yang dicoba, sampai seperseratusnya, tidak ada yang cukup.",
        "estimate": "Perkiraan kasar dari bagian warga saja, tanpa melihat apakah pagu masih cukup",
        "anew": "Bila dihitung ulang, bagian itu bisa lain, dan yang diperlukan bisa jauh lebih banyak.",
        "tied": "Usulan ini sama kuat dengan usulan lain yang didahulukan menurut urutan seri yang sudah diumumkan.",
        "and": " dan ",
        "others": "usulan lain",
        "stop": ".",
        "funded": "didanai",
        "chosen": "terpilih",
    },
    "en": {
        "not": "{name} is not {done}.",
        "no_support": "No resident chose it.",
        "no_pot": "No money is meant for this proposal.",
        "over_pot": "Its price of {price} is more than all the money there is.",
        "below_min_support": "Supporters: {n}. That is less than the least support a price of {price} asks for.",
        "excluded_by": "{other}, which was chosen, cannot be carried out together with it.",
        "requires": "It needs {other}, which is not {done}.",
        "cap_reached": "The most that may be spent on {other} was reached.",
        "did_not_fit": "What was left for it did not cover its price of {price}.",
        "people": "Its {n} supporters",
        "person": "Its {n} supporter",
        "more": "{n} more supporters",
        "one_more": "{n} more supporter",
        "start": "{people} held {start} at the start",
        "spent": "{spent} went to {others}",
        "left": "{left} was left for a proposal of {price}.",
        "would_both": "{estimate}: {done} at a price of at most {at}, or with {more}. {anew}",
        "would_price": "{estimate}: {done} at a price of at most {at}. {anew}",
        "would_more": "{estimate}: {done} with {more}. {anew}",
        "holds": "Run again with other prices: it is {done} at {at}, and no more at {above}.",
        "no_price": "Run again with other prices: of those tried, down to a hundredth of it, none would do.",
        "estimate": "Rough estimate from the shares of residents alone, without asking whether the ceiling has room",
        "anew": "Computed anew that share may differ, and far more may be needed.",
        "tied": "It was as strong as others that came first by the announced order of ties.",
        "and": " and ",
        "others": "other proposals",
        "stop": ".",
        "funded": "funded",
        "chosen": "chosen",
    },
}
MONEY = ("too_few_for_price", "supporters_spent_elsewhere")


def rupiah(amount: int) -> str:
    """Whole rupiah as the country writes them, whatever the language; a line never breaks within them."""
    return f"Rp\u00a0{amount:,}".replace(",", ".")


def sentence(
    name: str, explanation: Explanation, titles: Mapping[str, str], language: str, *, won: str = "funded",
    tried: Holding | Literal[False] | None = False,
) -> str:  # fmt: skip
    """Why this proposal was not funded. `titles`: id → title of all proposals; `language`: id or en.

    `won`: "chosen" where those that win are not funded yet. `tried`: what other prices gave, in place of the estimate.
    """
    words = TEXTS[language]
    done = words[won]
    e = explanation
    parts = [words["not"].format(name=name, done=done)]
    if e.reason not in MONEY:
        return " ".join([*parts, brief(e, titles, language, won=won)])
    people = words["person" if e.supporters == 1 else "people"].format(n=e.supporters)
    start = words["start"].format(people=people, start=rupiah(e.money_at_start))
    spent = e.money_at_start - e.money_left
    if spent > 0:
        others = words["and"].join(titles.get(i, i) for i, _ in e.spent_elsewhere[:2]) or words["others"]
        start += "; " + words["spent"].format(spent=rupiah(spent), others=_with_more(e, others, words))
    parts.append(start + words["stop"])
    parts.append(brief(e, titles, language, won=won))
    parts.append(_would(e, words, done) if tried is False else _tried(tried, words, done))
    return " ".join(parts)


def brief(explanation: Explanation, titles: Mapping[str, str], language: str, *, won: str = "funded") -> str:
    """The heart of that sentence, for a reader who does not unfold the rest."""
    words, e = TEXTS[language], explanation
    if e.reason in MONEY:
        return words["left"].format(left=rupiah(e.money_left), price=rupiah(e.price))
    other = titles.get(e.other or "", (e.other or "").partition(":")[2] or e.other or "")
    return words[e.reason].format(price=rupiah(e.price), n=e.supporters, other=other, done=words[won])


def _with_more(e: Explanation, others: str, words: Words) -> str:
    return (
        others if len(e.spent_elsewhere) <= 2 else others.replace(words["and"], ", ") + words["and"] + words["others"]
    )


def _tried(found: Holding | None, words: Words, done: str) -> str:
    if found is None:
        return words["no_price"]
    return words["holds"].format(done=done, at=rupiah(found.funded_at), above=rupiah(found.not_at))


def _would(e: Explanation, words: Words, done: str) -> str:
    """An estimate, since with another price or more supporters the completion may end at another share."""
    at = e.would_be_funded_at if e.would_be_funded_at and e.would_be_funded_at < e.price else None
    more = e.more_residents_needed or 0
    residents = words["one_more" if more == 1 else "more"].format(n=more)
    kind = "would_both" if at and more else "would_price" if at else "would_more" if more else "tied"
    return words[kind].format(
        at=rupiah(at or 0), more=residents, done=done, estimate=words["estimate"], anew=words["anew"]
    )

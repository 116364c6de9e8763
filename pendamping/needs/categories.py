"""The categories a new installation offers residents; a city ends or replaces them on its own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pendamping.needs.enums.categories import QuestionKind
from pendamping.needs.menu import VALID_FROM
from pendamping.needs.models import Category, CategoryQuestion, MenuItem

CHOICE, NUMBER, YES_NO = QuestionKind.CHOICE, QuestionKind.NUMBER, QuestionKind.YES_NO


@dataclass(frozen=True)
class Asked:
    """A question of a category: choices as key, Indonesian, English."""

    key: str
    id: str
    en: str
    kind: QuestionKind
    choices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """A category: its words, the activity it leads to (none: it is no matter of the fund), how near is the same."""

    key: str
    id: str
    en: str
    menu: str
    metres: int = 150
    days: int = 120
    questions: tuple[Asked, ...] = ()
    is_confidential: bool = False


DEPTH = (("none", "tidak tergenang", "none"), ("ankle", "semata kaki", "to the ankle"),
         ("knee", "selutut", "to the knee"), ("higher", "lebih tinggi", "higher"))  # fmt: skip
PASSABLE = (("yes", "masih bisa dilewati", "still passable"), ("foot", "hanya jalan kaki", "only on foot"),
            ("no", "terputus", "cut off"))  # fmt: skip

KINDS = (
    Kind("drain", "Selokan, genangan, banjir", "Drains, puddles, floods", "A1.02", questions=(
        Asked("depth", "Seberapa dalam airnya saat hujan?", "How deep is the water when it rains?", CHOICE, DEPTH),
        Asked("inside", "Apakah air masuk rumah?", "Does water come into houses?", YES_NO),
    )),
    Kind("road", "Jalan dan gang", "Roads and alleys", "A2.01", questions=(
        Asked("passable", "Apakah masih bisa dilewati?", "Can people still pass?", CHOICE, PASSABLE),
    )),
    Kind("light", "Lampu jalan", "Street lights", "A1.08", metres=80, questions=(
        Asked("lamps", "Berapa lampu yang mati?", "How many lamps are out?", NUMBER),
    )),
    Kind("waste", "Sampah", "Waste", "A1.03", days=60, questions=(
        Asked("days", "Sudah berapa hari?", "For how many days?", NUMBER),
    )),
    Kind("water", "Air bersih", "Drinking water", "A1.01", metres=300, questions=(
        Asked("houses", "Kira-kira berapa rumah yang kesulitan air?", "About how many houses lack water?", NUMBER),
    )),
    Kind("toilet", "MCK dan air limbah", "Toilets and waste water", "A3.01"),
    Kind("trees", "Pohon, taman, lapangan", "Trees, parks, playing fields", "A1.99"),
    Kind("health", "Posyandu dan kesehatan", "Health posts and health", "A3.02", metres=500, days=180),
    Kind("learning", "PAUD, taman bacaan, seni budaya", "Kindergartens, reading rooms, culture", "A4.99", metres=500,
         days=180),
    Kind("work", "Pelatihan kerja dan usaha kecil", "Job training and small businesses", "B3.99", metres=1000,
         days=180),
    Kind("community", "RT, RW, PKK, karang taruna", "RT, RW, PKK, youth groups", "B4.99", metres=500, days=180),
    Kind("safety", "Keamanan dan ketertiban", "Safety and order", "B5.99", days=60),
    Kind("disaster", "Bencana dan kebakaran", "Disasters and fire", "B6.99", metres=500, days=30, questions=(
        Asked("danger", "Apakah ada orang dalam bahaya sekarang?", "Is anybody in danger now?", YES_NO),
    )),
    Kind("conduct", "Sikap atau pungutan petugas", "Conduct of an official", "", metres=1000, is_confidential=True),
)  # fmt: skip


def seed_categories(at: datetime) -> int:
    """Put the categories for all cities into the table, after the menu; run again it adds nothing. Returns how many.

    A key that is there for all, in force or ended since, is left as it is.
    """
    known = set(Category.objects.filter(city__isnull=True).values_list("key", flat=True))
    menu = {item.code: item for item in MenuItem.objects.filter(valid_from=VALID_FROM)}
    fresh = [(place, kind) for place, kind in enumerate(KINDS) if kind.key not in known]
    for place, kind in fresh:
        category = Category.objects.create(
            created_at=at, key=kind.key, title={"id": kind.id, "en": kind.en}, menu_item=menu.get(kind.menu),
            near_metres=kind.metres, near_days=kind.days, is_confidential=kind.is_confidential, position=place,
            valid_from=VALID_FROM,
        )  # fmt: skip
        CategoryQuestion.objects.bulk_create(
            CategoryQuestion(
                category=category, key=asked.key, position=number, label={"id": asked.id, "en": asked.en},
                kind=asked.kind, choices=[{"key": key, "id": id_, "en": en} for key, id_, en in asked.choices],
                created_at=at,
            )
            for number, asked in enumerate(kind.questions)
        )  # fmt: skip
    return len(fresh)

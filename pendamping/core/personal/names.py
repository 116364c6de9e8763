"""Where does a text name a person? By the words that announce a name: "a.n.", "Bapak", "NIK"."""

from __future__ import annotations

import re
from collections.abc import Iterator

# After these a name follows in any case of letters.
_SURE_CUE = re.compile(
    r"(?i)(?<![\w.])(?:a\s?[./]\s?n\b\.?|an\.|atas[ ]nama|nama(?:[ ]lengkap)?[ ]?:|penerima[ ]?:)[ ]*:?[ ]*"
)
# After these it may be a title or a group ("Ibu PKK"), so only words written as names count.
_TITLE_CUE = re.compile(
    r"(?<![\w-])(?:(?:[Bb]apak|BAPAK|[Ii]bu|IBU|[Pp]ak|[Bb]u|[Ss]audar[ai])(?![\w-])"
    r"|(?:[Bb]pk|[Bb]p|[Ss]dri?|[Ss]dr[ai]|SDRI?|[Aa]lm)\b\.?)[ ]*:?[ ]*"
)
# Streets and mosques carry these too, so what stands before them decides.
_PILGRIM_CUE = re.compile(
    r"(?<![\w.-])(?:(?:[Hh]aji|HAJI|[Hh]ajj?ah|HAJJ?AH)(?=[ ])|(?:[Hh]j|HJ|[Kk][Hh])\b\.?|[Hh]\.|H(?=[ ][A-Z]))[ ]*"
)
_CHILD_OF = re.compile(r"(?i)(?<=[^\W\d_] )bin(?:ti)?[ ]+(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_][^\W\d_.'’`-]*(?:['’`-][^\W\d_]+)*\.?")
_NEXT = re.compile(r"(?i)[ ]*(?:,|;|/|&|\bdan\b)?[ ]*(?:\(?\d{1,2}[.)][ ]*)?")
_ENUMERATOR = re.compile(r"[ ]*\(?\d{1,2}[.)][ ]*")
_ABBREVIATED = "abd alm almh bin binti dr dra drs h hj ir kh m moh muh ny prof r rd rr se sh spd st tn ust ustadz"
_TITLES = frozenset(_ABBREVIATED.split())
_MOST_WORDS = 5

_ENDS = """
nik kk ktp no nomor rt rw alamat dusun dukuh padukuhan pedukuhan kampung kp desa kel kelurahan kalurahan kec
kecamatan kapanewon kab kabupaten kota jl jln jalan gg gang blok perum perumahan lurah camat ketua kepala wakil
sekretaris bendahara wali walikota bupati gubernur presiden kader pkk posyandu guru warga rumah tangga hamil
menyusui ibu bapak pak bu kelompok kt kwt karang taruna lpm bkm bumdes koperasi panitia pengurus yayasan masjid
mushola musholla madrasah sekolah sd sdn smp smpn sma tk paud dinas badan kantor pemerintah pemkot pemkab pendamping
fasilitator petugas dokter bidan polisi babinsa bhabinkamtibmas dan atau yang untuk di ke dari dengan sebesar
senilai sebanyak telah sudah akan belum tidak adalah dapat agar karena sejumlah unit orang umur usia tahun hp telp
telepon wa email rek rekening bank bri bni bca bjb mandiri pada oleh serta juga sebagai anak istri suami janda
lansia program kegiatan usulan bantuan rtlh tersebut ini itu kami kita mereka saya siapa semua para seluruh
masyarakat sampah haji hajah hajjah hj
"""
_NOT_NAMES = frozenset(_ENDS.split())  # words that end a name, or show that none was meant
_PLACES = re.compile(
    r"(?i)\b(?:jl|jln|jalan|gg|gang|kp|kampung|dusun|desa|kel|kelurahan|kec|kecamatan|masjid|mushol+a|langgar|pasar|"
    r"sdn?|smpn?|sman?|sekolah|madrasah|pesantren|posyandu|paud|tk|makam|gor|lapangan|stadion|taman|jembatan|"
    r"terminal|kt|kwt|kelompok(?: tani)?|perum(?:ahan)?|rumah sakit|rsud|puskesmas|blok|sungai|situ|kali|yayasan|"
    r"kota|kabupaten|provinsi|pahlawan|universitas|lembaga|koperasi|aula|gedung|komplek|asrama|calon|ibadah|jemaah|"
    r"jamaah|manasik|simpang|pondok|tpq|tpa|mts|mi|ponpes)\.?[ ]+"
    r"(?:[A-Z][\w.'-]*[ ]+){0,2}$"
)


def after_cues(text: str) -> Iterator[tuple[int, int]]:
    """The places of names announced by a cue, and of those listed after them."""
    yield from addressed(text)
    for cue in _PILGRIM_CUE.finditer(text):
        if not _PLACES.search(text[max(0, cue.start() - 60) : cue.start()]):
            yield from _list_of_names(text, cue.end(), any_case=False)
    for cue in _CHILD_OF.finditer(text):
        yield from _child_and_parent(text, cue)


def addressed(text: str) -> Iterator[tuple[int, int]]:
    """The places of names after "a.n.", "Pak" and the like: cues that stand before no goods and no occupations."""
    for cue in _SURE_CUE.finditer(text):
        yield from _list_of_names(text, cue.end(), any_case=True)
    for cue in _TITLE_CUE.finditer(text):
        yield from _list_of_names(text, cue.end(), any_case=False)


def _child_and_parent(text: str, cue: re.Match[str]) -> Iterator[tuple[int, int]]:
    """ "Mamat bin Udin": both names in one, with the word between them; in small letters one word each."""
    before = (
        _words_before(text, cue.start() - 1, any_case=False) or _words_before(text, cue.start() - 1, any_case=True)[-1:]
    )
    parent = _name_at(text, cue.end(), any_case=False)
    word = _WORD.match(text, cue.end())
    if parent is None and word and _is_name_word(word.group(), any_case=True):
        parent = word.span()
    if before and parent:
        yield before[0][0], parent[1]


def before_number(text: str, number: int) -> tuple[int, int] | None:
    """The name that stands right before a NIK: "KASIYEM NIK: 3401…", "Kasiyem (3401…)"."""
    label = re.search(r"(?i)[\s,;:(/.-]*(?:\b(?:no\w*|nik|ktp|kk)\b[\s.:=/-]*)*$", text[max(0, number - 60) : number])
    end = max(0, number - 60) + label.start() if label else number
    words = _words_before(text, end, any_case=False)
    return (words[0][0], end) if words else None


def _words_before(text: str, end: int, *, any_case: bool) -> list[tuple[int, int]]:
    """The words that can be a name and end right here."""
    words: list[tuple[int, int]] = []
    for word in _WORD.finditer(text, max(0, end - 60), end):
        if words and text[words[-1][1] : word.start()] != " ":
            words.clear()
        if _is_name_word(word.group(), any_case=any_case):
            words.append(word.span())
        else:
            words.clear()
    return words[-_MOST_WORDS:] if words and words[-1][1] == end else []


def is_place(text: str, start: int, name: str) -> bool:
    """Is this name that of a street, a school, a group?"""
    return _PLACES.search(text[max(0, start - 60) : start]) is not None or name.lower().split()[0] in _NOT_NAMES


def _list_of_names(text: str, at: int, *, any_case: bool) -> Iterator[tuple[int, int]]:
    if match := _ENUMERATOR.match(text, at):
        at = match.end()
    first = True
    while span := _name_at(text, at, any_case=any_case and first):
        yield span
        first = False
        separator = _NEXT.match(text, span[1])
        if separator is None or separator.end() == span[1] or not separator.group().strip():
            return
        at = separator.end()


def _name_at(text: str, at: int, *, any_case: bool) -> tuple[int, int] | None:
    """One to five words from here that can be a name."""
    start = end = at
    count = 0
    while count < _MOST_WORDS and (word := _WORD.match(text, end if count == 0 else end + 1)):
        if count and text[end] != " ":
            break
        if not _is_name_word(word.group(), any_case=any_case):
            break
        end, count = word.end(), count + 1
        ends_sentence = (
            word.group().endswith(".") and word.group()[:-1].lower() not in _TITLES and len(word.group()) > 2
        )
        if ends_sentence:
            end -= 1
            break
        if end >= len(text):
            break
    return (start, end) if count else None


def _is_name_word(word: str, *, any_case: bool) -> bool:
    bare = word.rstrip(".").lower()
    return bare not in _NOT_NAMES and (any_case or word[0].isupper())

"""Our proposal for a code of ethics, for cities that have none of their own yet.

Built from the code of village facilitators (Kepmendesa 40/2021) and from what went wrong in public in 2025; the city's
own text takes its place as soon as it is published.
"""

from __future__ import annotations

from datetime import datetime

from pendamping.facilitators.models import EthicsCode

BASIS = "Usulan, disusun dari kode etik pendamping desa (Kepmendesa 40/2021)"
TEXT_ID = """Saya, tenaga pendamping kelurahan, menyatakan:
1. Setia pada tujuan program: pembangunan kelurahan yang merata, inklusif, dan berkelanjutan.
2. Mengawal kebijakan dengan mendampingi, bukan mengambil alih keputusan warga atau pejabat.
3. Menghormati nilai dan adat setempat, dan melayani semua warga dengan setara.
4. Mencari dan menyelesaikan masalah bersama warga, serta menumbuhkan kemampuan mereka sendiri.
5. Memberi keterangan yang jujur, terbaru, dan lengkap; laporan saya sesuai dengan kenyataan.
6. Tidak menjadi pengurus partai politik dan tidak berkampanye.
7. Tidak memasok barang atau jasa, tidak meminta atau menerima imbalan, dan tidak mengambil bagian dari kegiatan.
8. Tidak menjadi pengurus pokmas, LPM, RT, atau RW di kelurahan tempat saya bertugas.
9. Memberitahukan hubungan keluarga dengan pihak yang saya dampingi atau periksa.
10. Menjaga data pribadi warga dan hanya memakainya untuk tugas.
11. Melaporkan tekanan atau permintaan yang menyimpang dari aturan.
12. Menaati peraturan dan konsisten antara kata dan perbuatan.
Sanksi bertingkat: teguran lisan, teguran tertulis pertama sampai ketiga, penghentian sementara, pemberhentian. Tidak \
seorang pun dijatuhi sanksi sebelum didengar."""
TEXT_EN = """I, a ward facilitator, declare that I
1. am faithful to the aims of the programme: ward development that is even, inclusive and sustainable;
2. guard policy by facilitating, and do not take decisions away from residents or officials;
3. respect local values and customs, and serve all residents equally;
4. find and solve problems together with residents, and foster their own ability;
5. give honest, current and complete information; my reports match reality;
6. hold no party office and do not campaign;
7. supply no goods or services, ask for and accept no fee, and take no share;
8. am not an officer of a community group, LPM, RT or RW in the ward where I serve;
9. declare family ties with those I accompany or check;
10. protect residents' personal data and use it only for the task;
11. report pressure or requests that bend the rules;
12. obey the rules and am consistent in word and deed.
Graded sanctions: oral warning, first to third written warning, suspension, termination. Nobody is judged unheard."""


def seed_code(at: datetime) -> EthicsCode:
    """Put the proposal into the table, once."""
    facts = {"created_at": at, "text_id": TEXT_ID, "text_en": TEXT_EN, "is_proposal": True, "legal_basis": BASIS}
    return EthicsCode.objects.get_or_create(region=None, version=1, defaults=facts)[0]

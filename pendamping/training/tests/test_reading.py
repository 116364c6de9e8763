"""Markdown as pages show it: nothing harmful comes through, headings stand below the page's own."""

from __future__ import annotations

import pytest

from pendamping.training.reading import rendered


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("# Judul\n\n## Bagian", "<h2>Judul</h2>\n<h3>Bagian</h3>\n"),
        ("## Judul\n\n### Bagian", "<h2>Judul</h2>\n<h3>Bagian</h3>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html;base64,PHN2Zz4=)", "<p>[x](data:text/html;base64,PHN2Zz4=)</p>\n"),
        ("[kota](https://contoh.go.id)",
         '<p><a href="https://contoh.go.id" rel="noopener noreferrer nofollow">kota</a></p>\n'),
        ("[sini](/belajar/)", '<p><a href="/belajar/">sini</a></p>\n'),
        ("[luar](//contoh.id)", '<p><a href="//contoh.id" rel="noopener noreferrer nofollow">luar</a></p>\n'),
        ("![peta](https://contoh.id/a.png)", "<p><em>peta</em></p>\n"),
        ('![<b>"](peta)', '<p><img src="/belajar/bahan/x/" alt="&lt;b&gt;&quot;" loading="lazy"></p>\n'),
    ],
)  # fmt: skip
def test_words_become_a_safe_page(words: str, html: str) -> None:
    assert rendered(words, pictures={"peta": "/belajar/bahan/x/"}) == html


def test_a_table_can_be_pushed_sideways_on_a_phone_and_by_keyboard() -> None:
    assert rendered("| a | b |\n|---|---|\n| 1 | 2 |").startswith('<div class="scroll" tabindex="0" role="group"')

from __future__ import annotations

import pytest

from dragoman.language.detect import detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister said on Tuesday that his country would not take part in the talks."),
        ("fr", "Le ministre a déclaré mardi que son pays ne participerait pas aux négociations."),
        ("de", "Die Regierung hat am Dienstag neue Verhandlungen mit Polen abgelehnt."),
        ("tr", "Bakan, Türkiye'nin görüşmelere katılmayacağını söyledi."),
        ("ru", "Министр заявил, что переговоров не будет."),
        ("zh", "外交部发言人星期二表示,中方坚决反对美国的制裁。"),
        ("ar", "قال وزير الخارجية يوم الثلاثاء إن بلاده لن تشارك في المحادثات"),
        (None, "Peru rejects talks"),
        (None, "Kyiv Moscow Beijing talks fail again Tuesday"),
        (None, "Putin Xi Macron Modi Lula Meloni Erdogan"),
        (None, ""),
        (None, "12 345 – 6"),
    ],
)
def test_the_language_is_told_or_left_open(language: str | None, text: str) -> None:
    assert detect_language(text) == language

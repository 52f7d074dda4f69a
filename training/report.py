"""How good the model is on examples that it did not see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.examples import Example

BINS = ((0.0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01))


@dataclass(frozen=True, slots=True)
class Figures:
    """Accuracy by type, by file and by how sure the model was."""

    count: int
    accuracy: float
    macro_f1: float
    code_accuracy: float
    root_accuracy: float
    by_type: dict[str, tuple[int, float, float]]
    by_file: dict[str, tuple[int, float]]
    by_confidence: dict[str, tuple[int, float]]
    confused: list[tuple[str, str, int]]

    def summary(self) -> dict[str, float]:
        """The figures of the header."""
        return {
            "examples": self.count,
            "accuracy": round(self.accuracy, 3),
            "macro_f1": round(self.macro_f1, 3),
            "code_accuracy": round(self.code_accuracy, 3),
            "root_accuracy": round(self.root_accuracy, 3),
        }

    def text(self) -> str:
        """All figures, for the eye."""
        lines = [f"held out {self.count}: accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}, CAMEO code right {self.code_accuracy:.3f}, its root {self.root_accuracy:.3f}"]
        lines += [f"  {name:10} n {n:4}  precision {p:.2f}  recall {r:.2f}" for name, (n, p, r) in self.by_type.items()]
        lines += [f"  {name:45} n {n:4}  accuracy {a:.2f}" for name, (n, a) in self.by_file.items()]
        lines += [f"  probability {name}: n {n}, right {a:.2f}" for name, (n, a) in self.by_confidence.items()]
        lines.append("  most confused: " + ", ".join(f"{a} taken for {b} {n}" for a, b, n in self.confused))
        return "\n".join(lines)


def figures(examples: Sequence[Example], labels: Sequence[str], shares: Any, codes: Sequence[str]) -> Figures:
    """Figures from probabilities (one row an example, one column a label) and codes."""
    found = [labels[k] for k in shares.argmax(axis=1)]
    right = [f == e.type for f, e in zip(found, examples, strict=True)]
    by_type = {}
    f1s = []
    for label in labels:
        hits = sum(r and e.type == label for r, e in zip(right, examples, strict=True))
        wanted, said = sum(e.type == label for e in examples), found.count(label)
        precision, recall = hits / said if said else 0.0, hits / wanted if wanted else 0.0
        by_type[label] = (wanted, precision, recall)
        if wanted:
            f1s.append(2 * precision * recall / (precision + recall) if hits else 0.0)
    files: dict[str, list[bool]] = defaultdict(list)
    for example, r in zip(examples, right, strict=True):
        files[example.file].append(r)
    bins = {}
    for low, high in BINS:
        inside = [r for r, top in zip(right, shares.max(axis=1), strict=True) if low <= top < high]
        if inside:
            bins[f"{low:.1f}-{min(high, 1.0):.1f}"] = (len(inside), sum(inside) / len(inside))
    confused = Counter((e.type, f) for e, f, r in zip(examples, found, right, strict=True) if not r)
    return Figures(
        count=len(examples),
        accuracy=sum(right) / len(right),
        macro_f1=sum(f1s) / len(f1s),
        code_accuracy=sum(c == e.code for c, e in zip(codes, examples, strict=True)) / len(examples),
        root_accuracy=sum(c[:2] == e.code[:2] for c, e in zip(codes, examples, strict=True)) / len(examples),
        by_type=by_type,
        by_file={name: (len(r), sum(r) / len(r)) for name, r in sorted(files.items())},
        by_confidence=bins,
        confused=[(a, b, n) for (a, b), n in confused.most_common(10)],
    )

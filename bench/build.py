"""How long a build takes, as a ratio to bare pdfplumber in the same run: `make bench` or `python bench/build.py --from DIR`.

Prints the cold build of the library with two processes over `extract_text()` of the same PDFs in one process (at most
0.5, aiming at 0.25), the unchanged rebuild (at most 3 s) and the peak memory of the largest process (under 1 GiB).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = "import sys, pdfplumber\nfor path in sys.argv[1:]:\n    with pdfplumber.open(path) as pdf:\n        for page in pdf.pages:\n            page.extract_text(); page.close()"


def timed(*command: str) -> float:
    """Wall seconds of a whole process that must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Runs the two in turn and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--corpus", default="corpus")
    given = parser.parse_args()
    pdfs = sorted(map(str, (given.source / "library").glob("*.pdf")))
    with tempfile.TemporaryDirectory() as folder:
        build = (sys.executable, "-m", "policytrack.cli", "build", given.corpus, "-o", f"{folder}/a.db", "--cache", f"{folder}/store", "--from", str(given.source), "--set", "library", "--jobs", "2")
        cold = timed(*build)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        again = timed(*build)
    bare = timed(sys.executable, "-c", BARE, *pdfs)
    print(f"{len(pdfs)} PDFs: cold build {cold:.0f} s, bare pdfplumber {bare:.0f} s, ratio {cold / bare:.2f} (at most 0.5)")
    print(f"unchanged rebuild {again:.1f} s (at most 3)")
    print(f"largest process {peak:.2f} GiB (under 1)")


if __name__ == "__main__":
    main()

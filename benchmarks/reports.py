"""Measure what docs/performance.md promises of finished reports and print it as a Markdown table.

The other way reads the workbook with openpyxl, fills a Word template with docxtpl and lets LibreOffice make the PDF; it
checks nothing and makes no web page. Its template is our own finished docx with a placeholder for every number.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bulk import FORM
from run import docxtpl_template
from xxgk.records import Record, replace
from xxgk.render.document import build_document
from xxgk.render.docx import to_docx
from xxgk.resources import resource
from xxgk.sources import read_report
from xxgk.workbook.template import new_workbook

from timing import compare, process, spent

FILES, PART, ROUNDS, PROCESSES = 1_000, 40, 3, 2
DOCXTPL = """
import sys, openpyxl
from concurrent.futures import ProcessPoolExecutor
from docxtpl import DocxTemplate

def fill(path):
    book = openpyxl.load_workbook(path, data_only=True)
    values = [v for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if isinstance(v, int)]
    template = DocxTemplate(sys.argv[1])
    template.render({f"v{n}": value for n, value in enumerate(values)})
    template.save(path + ".docx")

if __name__ == "__main__":
    paths = sys.argv[3:]
    if sys.argv[2] == "1":
        list(map(fill, paths))
    else:
        with ProcessPoolExecutor(int(sys.argv[2])) as pool:
            list(pool.map(fill, paths))
"""


class Cost(Record):
    """The seconds of a whole process with those that it starts, of the processors and by the clock, for one file."""

    spent: float
    elapsed: float


def cost(files: int, *command: str) -> Cost:
    """Run ``command``, which makes reports of so many ``files``."""
    start, used = time.perf_counter(), spent()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return Cost((spent() - used) / files, (time.perf_counter() - start) / files)


def one_report(folder: Path, workbook: Path, template: Path) -> None:
    """Print the lines on a single workbook."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    office = shutil.which("soffice")

    def theirs() -> None:
        process("-c", DOCXTPL, str(template), "1", str(workbook))()
        if office:
            made = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), f"{workbook}.docx"]
            subprocess.run(made, check=True, capture_output=True)

    for formats, aim in (("docx,html", "—"), ("docx,html,pdf", "≥ 8×")):
        ours = process("-m", "xxgk", "report", str(workbook), "-o", str(folder / "ours"), "--to", formats)
        found = compare(f"openpyxl + docxtpl + soffice / `xxgk report --to {formats}`", ours, theirs, 5, aim)
        print(f"| {found.name} | {found.faster:.1f}× | {aim} | {found.ours * 1e3:.0f} | {found.other * 1e3:.0f} |")


def many_reports(folder: Path, paths: list[str], template: Path) -> None:
    """Print the lines on a folder of workbooks."""
    ours, theirs = [], []
    for number in range(ROUNDS):
        to = ["-o", str(folder / f"reports{number}"), "--jobs", str(PROCESSES)]
        ours.append(cost(len(paths), sys.executable, "-m", "xxgk", "report", str(Path(paths[0]).parent), *to))
        part = paths[:PART]
        theirs.append(cost(len(part), sys.executable, "-c", DOCXTPL, str(template), str(PROCESSES), *part))
        # What the other way leaves between the workbooks.
        for path in part:
            Path(f"{path}.docx").unlink()
    name = f"openpyxl + docxtpl / `xxgk report` (docx and HTML), a file of {FILES:,}, {PROCESSES} processes"
    for kind, measure in (("processor time", lambda one: one.spent), ("by the clock", lambda one: one.elapsed)):
        mine, other = (statistics.median(map(measure, way)) * 1e3 for way in (ours, theirs))
        print(f"| {name}, {kind} | {other / mine:.1f}× | ≥ 20× | {mine:.1f} | {other:.1f} |")


def main() -> None:
    """Print the table."""
    example = read_report(resource("examples", "heping-2023.json"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template.docx"
        template.write_bytes(docxtpl_template(to_docx(build_document(example, FORM)))[0])
        workbook = folder / "example.xlsx"
        workbook.write_bytes(new_workbook(FORM, example).data)
        (folder / "many").mkdir()
        paths = []
        for number in range(FILES):
            path = folder / "many" / f"{number:04d}.xlsx"
            # A report is named by its title.
            unit = replace(example, unit=f"第{number}镇人民政府", short_name="", title="")
            path.write_bytes(new_workbook(FORM, unit).data)
            paths.append(str(path))
        print("| what | ratio | aim | ours, ms | other, ms |\n|---|---|---|---|---|")
        one_report(folder, workbook, template)
        many_reports(folder, paths, template)


if __name__ == "__main__":
    main()

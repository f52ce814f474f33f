#!/usr/bin/env python3
"""A second opinion on our PDFs: `outloud` (PyPI), which checks PDF/UA-1 and what a reader would hear.

Fails on every error. One kind is looked at more closely: a line that no reader speaks is right where it repeats the head
of a table on the next page, and then the same line stands on another page too.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import pymupdf


def repeats(path, finding):
    """Whether the line that is not read out stands on an earlier page as well."""
    words = finding.get("evidence", "").split()
    with pymupdf.open(path) as document:
        pages = [page.get_text().split() for page in document]
    before = pages[: finding["page"] - 1]
    return bool(words) and any(not collections.Counter(words) - collections.Counter(page) for page in before)


def findings(node):
    if isinstance(node, dict):
        if "severity" in node and "rule" in node:
            yield node
        node = node.values()
    elif not isinstance(node, list):
        return
    for part in node:
        yield from findings(part)


def main(paths):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        outloud = pathlib.Path(sys.executable).with_name("outloud")
        subprocess.run(
            [outloud, "--quiet", "--fail-on", "never", "--json", report, *paths],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        results = json.loads(report.read_text())["results"]
    if len(results) != len(paths):
        sys.exit(f"{len(paths)} files given, {len(results)} checked")
    warned, errors = collections.Counter(), []
    for result in results:
        path = result["path"]
        if result["error"]:
            errors.append(f"{path}: {result['error']}")
        for finding in findings(result):
            if finding["severity"] == "warning":
                warned[finding["rule"]] += 1
            elif finding["severity"] == "error":
                if finding["rule"] == "TAG-002" and repeats(path, finding):
                    warned["TAG-002, a repeated table head"] += 1
                else:
                    errors.append(f"{path}: {finding['rule']}: {finding['message']}")
    print("\n".join(errors), end="\n" if errors else "")
    told = ", ".join(f"{rule}: {count}" for rule, count in sorted(warned.items())) or "none"
    print(f"{len(results)} PDFs, {len(errors)} errors; for a person to look at: {told}")
    sys.exit(1 if errors else 0)


main(sys.argv[1:])

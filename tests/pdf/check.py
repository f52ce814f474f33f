#!/usr/bin/env python3
"""Checks finished papers with tools from outside: PDF/UA-1 and PDF/A-2a (page-validation), qpdf, pdffonts, pdftotext.

Usage: check.py FILE.pdf...
"""

import subprocess
import sys

import page

PROFILES = ("ua1", "2a")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def profile_problems(path):
    for profile in PROFILES:
        result = page.validate_pdf(path, profile=profile)
        if not result.is_compliant:
            rules = sorted({failure.rule_id for failure in result.failures})
            yield f"{profile}: {', '.join(rules) or 'not compliant'}"


def font_problems(path):
    result = run("pdffonts", path)
    rows = result.stdout.splitlines()[2:]
    if result.returncode != 0 or not rows:
        yield "pdffonts: no fonts"
    for row in rows:
        embedded, subset, unicode = row.split()[-5:-2]
        if (embedded, subset, unicode) != ("yes", "yes", "yes"):
            yield f"font not embedded, subset and mapped: {row.split()[0]}"


def problems(path):
    yield from profile_problems(path)
    qpdf = run("qpdf", "--check", path)
    if qpdf.returncode != 0:
        yield f"qpdf: {(qpdf.stderr or qpdf.stdout).strip().splitlines()[-1]}"
    yield from font_problems(path)
    text = run("pdftotext", path, "-")
    if text.returncode != 0 or not text.stdout.strip():
        yield "pdftotext: no text"


def main(paths):
    failed = 0
    for path in paths:
        try:
            found = list(problems(path))
        except Exception as error:  # a file that a tool cannot read is a failure, not the end of the run
            found = [f"{type(error).__name__}: {error}"]
        failed += bool(found)
        print(f"{path}: {'; '.join(found) if found else 'passed'}")
    print(f"{len(paths) - failed} passed, {failed} failed")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the scripts need before a window is there: folders of its own, and a case file with records in it."""

import re
import subprocess


def folders(home):
    """The environment in which Casebook keeps everything below one folder."""
    return {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
    }


def demonstration(binary, made):
    """Makes it in a folder. Its case file, and the 24 words of its recovery sheet."""
    subprocess.run([binary, "demo", "--out", str(made)], check=True, capture_output=True)
    case_file = next(made.glob("*.casebook"))
    sheet = next(path for path in made.glob("*.pdf") if "recovery" in path.name.lower())
    text = subprocess.run(["pdftotext", "-layout", str(sheet), "-"], check=True, capture_output=True, text=True).stdout
    words = dict((int(number), word) for number, word in re.findall(r"\b(\d{1,2})\.?\s+([a-z]{3,8})\b", text))
    return case_file, " ".join(words[number] for number in range(1, 25))

"""The same letter by another typesetter: `others.py typst|weasyprint|libreoffice LETTERS.json OUT.pdf`.

LETTERS.json is what the bench wrote: the school's block, and for each letter its address, date, reference and blocks
`{kind: heading|subheading|paragraph|bullet|closing, runs: [{text, bold}]}`. Each makes a tagged PDF with page numbers.
"""

import html
import json
import os
import subprocess
import sys
import tempfile

tool, source, out = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    given = json.load(file)
school, letters = given["school"], given["letters"]


def typst():
    import typst as engine

    def text(words):
        return "".join("\\" + c if c in "\\#*_`$@<>[]~/-+=" else c for c in words)

    def runs(block):
        return "".join(f"#strong[{text(r['text'])}]" if r["bold"] else text(r["text"]) for r in block["runs"])

    before = {"heading": "= ", "subheading": "== ", "bullet": "- ", "paragraph": "", "closing": ""}

    def one(letter):
        lines = " \\ ".join(text(line) for line in letter["address"])
        blocks = []
        for block in letter["blocks"]:
            blocks.append(before[block["kind"]] + runs(block))
            if block["kind"] == "closing":
                blocks.append("#v(28pt)")
        return (
            f"#text(18pt, weight: \"bold\")[{text(school['name'])}]\n\n#text(8.5pt)[{text(school['line'])}]\n"
            f"#place(top + left, dy: 41mm, text(11pt)[{lines}])\n"
            f"#place(top + right, dy: 41mm, align(right, text(10.5pt)[{letter['date']} \\ Our ref: {letter['reference']}]))\n"
            "#v(52mm)\n" + "\n\n".join(blocks)
        )

    head = (
        '#set document(title: "Letter", date: datetime(year: 2026, month: 1, day: 20))\n'
        '#set page(paper: "a4", margin: (x: 21mm, top: 14mm, bottom: 18mm), footer: align(right, text(8.5pt, '
        'context counter(page).display("Page 1 of 1", both: true))))\n'
        f'#set text(lang: "en", region: "GB", font: "Noto Sans", size: {given["size"]}pt)\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "letters.typ")
        with open(path, "w", encoding="utf-8") as file:
            file.write(head + "\n#pagebreak()\n".join(one(letter) for letter in letters))
        engine.compile(path, output=out, root=folder)


def weasyprint():
    from weasyprint import HTML

    tag = {"heading": "h1", "subheading": "h2", "bullet": "li", "paragraph": "p", "closing": "p class=closing"}

    def runs(block):
        words = ((html.escape(r["text"]), r["bold"]) for r in block["runs"])
        return "".join(f"<strong>{w}</strong>" if bold else w for w, bold in words)

    def one(letter):
        blocks, listed = [], False
        for block in letter["blocks"]:
            if (block["kind"] == "bullet") != listed:
                listed = not listed
                blocks.append("<ul>" if listed else "</ul>")
            name = tag[block["kind"]]
            blocks.append(f"<{name}>{runs(block)}</{name.split()[0]}>")
        lines = "<br>".join(html.escape(line) for line in letter["address"])
        return (
            f"<section><p class=school>{html.escape(school['name'])}</p><p class=line>{html.escape(school['line'])}</p>"
            f"<p class=address>{lines}</p><p class=facts>{letter['date']}<br>Our ref: {letter['reference']}</p>"
            + "".join(blocks)
            + "</section>"
        )

    style = (
        "@page{size:A4;margin:14mm 21mm 18mm;@bottom-right{content:'Page ' counter(page) ' of ' counter(pages);"
        f"font:8.5pt 'Noto Sans'}}}}body{{font:{given['size']}pt/1.45 'Noto Sans'}}section{{break-after:page;position:relative}}"
        ".school{font-size:18pt;font-weight:bold;margin:0}.line{font-size:8.5pt}.address{height:40mm;padding-top:18mm}"
        ".facts{position:absolute;right:0;top:41mm;text-align:right}.closing{margin-bottom:28pt}"
    )
    page = f"<html lang=en-GB><title>Letter</title><style>{style}</style>" + "".join(map(one, letters))
    HTML(string=page).write_pdf(out, pdf_variant="pdf/ua-1")


def libreoffice():
    def runs(block):
        words = ((html.escape(r["text"]), r["bold"]) for r in block["runs"])
        return "".join(f'<text:span text:style-name="Bold">{w}</text:span>' if b else w for w, b in words)

    def line(style, words):
        return f'<text:p text:style-name="{style}">{words}</text:p>'

    def one(letter):
        parts = [line("School", html.escape(school["name"])), line("Line", html.escape(school["line"]))]
        parts.append(line("Address", "<text:line-break/>".join(map(html.escape, letter["address"]))))
        parts.append(line("Facts", f"{letter['date']}<text:line-break/>Our ref: {letter['reference']}"))
        for block in letter["blocks"]:
            level = {"heading": 1, "subheading": 2}.get(block["kind"])
            if level:
                parts.append(f'<text:h text:style-name="H{level}" text:outline-level="{level}">{runs(block)}</text:h>')
            elif block["kind"] == "bullet":
                parts.append(f"<text:list><text:list-item>{line('Body', runs(block))}</text:list-item></text:list>")
            else:
                parts.append(line("Closing" if block["kind"] == "closing" else "Body", runs(block)))
        return "".join(parts)

    def style(name, words, around=""):
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {around}/>'
            f'<style:text-properties fo:font-family="Noto Sans" fo:language="en" fo:country="GB" {words}/></style:style>'
        )

    names = ("office", "style", "text", "meta")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    size = f'fo:font-size="{given["size"]}pt"'
    styles = (
        style("Body", size, 'fo:margin-bottom="7pt"')
        + style("Line", 'fo:font-size="8.5pt"')
        + style("Address", 'fo:font-size="11pt"', 'fo:margin-top="18mm"')
        + style("Facts", 'fo:font-size="10.5pt"', 'fo:text-align="end"')
        + style("School", 'fo:font-size="18pt" fo:font-weight="bold"', 'fo:break-before="page"')
        + style("H1", 'fo:font-size="13pt" fo:font-weight="bold"')
        + style("H2", f'{size} fo:font-weight="bold"')
        + style("Closing", size, 'fo:margin-bottom="28pt"')
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:title>Letter</dc:title></office:meta>'
        f"<office:styles>{styles}</office:styles><office:automatic-styles>"
        '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" '
        'fo:margin-top="14mm" fo:margin-bottom="18mm" fo:margin-left="21mm" fo:margin-right="21mm"/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="A4"><style:footer><text:p text:style-name="Facts">Page <text:page-number '
        'text:select-page="current">1</text:page-number> of <text:page-count>1</text:page-count></text:p></style:footer>'
        f"</style:master-page></office:master-styles><office:body><office:text>{''.join(map(one, letters))}"
        "</office:text></office:body></office:document>"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "letters.fodt")
        with open(path, "w", encoding="utf-8") as file:
            file.write(document)
        filter_ = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
        home = f"-env:UserInstallation=file://{folder}/home"
        command = ["soffice", home, "--headless", "--convert-to", filter_, "--outdir", folder, path]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(os.path.join(folder, "letters.pdf"), out)


{"typst": typst, "weasyprint": weasyprint, "libreoffice": libreoffice}[tool]()

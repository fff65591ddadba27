"""Files of word processors for the tests, as small as they can be."""

import io
import re
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = " ".join(
    [
        W,
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
    ]
)
STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text, style="", look=""):
    """A paragraph of one run, or of runs where XML is given."""
    inside = text if text.startswith("<") else run(text, look)
    return f'<w:p><w:pPr>{f"""<w:pStyle w:val="{style}"/>""" if style else ""}</w:pPr>{inside}</w:p>'


def table(*rows):
    cells = ["".join(f"<w:tc>{cell if cell.startswith('<w:') else p(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def docx(*blocks, head="", rels="", **others):
    """A Word file; others are parts in its folder by their names, without `.xml`: their inside in their own element."""
    wrapped = {
        "footnotes": "footnotes",
        "comments": "comments",
        "numbering": "numbering",
        "header": "hdr",
        "footer": "ftr",
    }
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{head}<w:document {NAMES}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
    }
    for name, inside in others.items():
        if isinstance(inside, bytes):
            parts[f"word/{name.replace('__', '.')}"] = inside
            continue
        kind = wrapped[re.sub(r"\d", "", name)]
        parts[f"word/{name}.xml"] = f"<w:{kind} {NAMES}>{inside}</w:{kind}>"
        rels += f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
    parts["word/_rels/document.xml.rels"] = f"<Relationships>{rels}</Relationships>"
    return packed(parts)


def odt(*blocks, changes=""):
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    inside = f"<text:tracked-changes>{changes}</text:tracked-changes>{''.join(blocks)}"
    content = f"<office:document-content {names}><office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})

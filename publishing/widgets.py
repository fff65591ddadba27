"""The box in which staff write Markdown: the widget of django-markdownx with a script and a style of our own."""

from markdownx.widgets import AdminMarkdownxWidget


class MarkdownEditor(AdminMarkdownxWidget):
    """Sends to publishing.editor, whose paths stand in the settings; plain text box where scripts do not run."""

    class Media:
        # The package's script traps Tab, swallows drops anywhere on the page, writes errors into the text and lets
        # an old preview overwrite a newer one; its style would fight the patients' style in the preview.
        extend = False
        # The colours stand on the page, the rest of the patients' style inside the preview (editor.js).
        css = {"all": ["/admin/editor/patient.css", "staff/editor.css"]}
        js = ["staff/editor.js"]

"""Names with hashes: our modules' imports are rewritten, other people's comments are not taken for imports."""

from __future__ import annotations

from pathlib import Path

from django.test import override_settings

from unionhall.ui.storage import Storage

PAGE = 'import { a } from "./part.js";\n'
STRANGER = '/* as in: import "./htmx"; */\n'


@override_settings(DEBUG=False)
def test_imports_are_rewritten_in_our_elements_only(tmp_path: Path) -> None:
    files = {"ui/elements/page.js": PAGE, "ui/elements/part.js": "export const a = 1;\n", "other/lib.js": STRANGER}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    storage = Storage(location=str(tmp_path), base_url="/static/")

    done = list(storage.post_process({name: (storage, name) for name in files}))

    assert [it for _, _, it in done if isinstance(it, Exception)] == []
    part = Path(storage.hashed_files["ui/elements/part.js"]).name
    assert f'from "./{part}"' in (tmp_path / storage.hashed_files["ui/elements/page.js"]).read_text()
    assert (tmp_path / storage.hashed_files["other/lib.js"]).read_text() == STRANGER

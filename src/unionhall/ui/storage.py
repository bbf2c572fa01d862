"""Static files under names that carry their content's hash, so that a browser may keep them for a year."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

_, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Manifest storage that also rewrites the imports of our ES modules, so that no bundler is needed.

    Only of ours, in `elements/`: other people's files speak of imports in their comments.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("*/elements/*.js", _IMPORTS)

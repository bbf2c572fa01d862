"""The ground floor as a Django app."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class FoundationConfig(AppConfig):
    """Clock, audit, errors, events, hooks, jobs, keys, gateways."""

    name = "unionhall.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Wake what listens: the mirrors of the trail, our slices' receivers and kinds of work, our checks."""
        from unionhall.foundation import checks, mirrors, trail
        from unionhall.foundation.hooks import ExportSection, export_sections

        left_out = {
            "OutboxMessage": "sign-in codes of the demonstration",
            "Job.run_key": "the right to write of a running work",
        }
        export_sections.register("foundation.tables", ExportSection("foundation", left_out), order=90)
        trail.trail_verbs.register("foundation.house", trail.HOUSE)
        checks.start()
        mirrors.start()
        for config in apps.get_app_configs():
            if config.name.startswith("unionhall.") and config.module:
                for name in ("receivers", "tasks"):
                    if module_has_submodule(config.module, name):
                        import_module(f"{config.name}.{name}")

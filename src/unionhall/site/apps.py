"""The site as a Django app."""

from collections.abc import Iterator

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Wagtail pages, menus and search; composes what the slices offer."""

    name = "unionhall.site"
    label = "unionhall_site"

    def ready(self) -> None:
        """Join the checks and signals, and put our lasting pages into the foot of every page."""
        from unionhall.campaigns.hookspecs import campaign_links, page_feet
        from unionhall.foundation import clock, hooks
        from unionhall.foundation.hooks import (
            ExportSection,
            FootLink,
            OpenFile,
            export_sections,
            foot_links,
            subject_sections,
        )
        from unionhall.foundation.trail import trail_verbs
        from unionhall.roster.hookspecs import import_undoers
        from unionhall.site import checks, phrases, receivers, tasks, wagtail_hooks  # noqa: F401 - they register themselves
        from unionhall.site.operations import plan_move_undo
        from unionhall.site.queries import archive_files, find_spoken, foot_of, menu_of, page_files
        from unionhall.site.queries.subject import PICTURES

        trail_verbs.register("site.verbs", phrases.TRAIL)
        first = ("TextPage", "PlainPage", "ExplainerPage", "FightPage", "AreaPage", "StreamPage", "PostPage")
        bodies = (*first, "StoriesPage", "StoryPage", "ResourcesPage", "ResourcePage")
        left_out = {f"{name}.body": "it stands in pages/, as HTML and JSON" for name in bodies}
        left_out["ExplainerPage.questions"] = left_out["AreaPage.demands"] = "it stands in pages/, as HTML and JSON"
        left_out["KeptPage.body"] = "it stands in archive/, as HTML with its hashes"
        left_out["KeptPart.sealed"] = "sealed; while it may be shown it stands in archive/"
        left_out["PhotoRendition"] = "made anew from the photos, which lie in media/"

        def files() -> Iterator[OpenFile]:
            yield from page_files()
            yield from archive_files(on=clock.today())

        export_sections.register("site.pages", ExportSection("unionhall_site", left_out, files), order=30)

        subject_sections.register("site.pictures", PICTURES, order=60)
        import_undoers.register("wordpress", plan_move_undo)
        page_feet.register("site.archive", foot_of)
        hooks.spoken_codes.register("site.pages", find_spoken)
        hooks.minute_clocks.register("site.publish", tasks.publish_what_is_due, order=10)
        hooks.minute_clocks.register("site.keep", tasks.keep_what_is_due, order=20)
        campaign_links.register("site.sections", menu_of)
        foot_links.register("site.search", FootLink(_("Search"), _("/en/search/")), order=5)
        foot_links.register("site.privacy", FootLink(_("Privacy"), _("/en/privacy/")), order=10)
        foot_links.register("site.accessibility", FootLink(_("Accessibility"), _("/en/accessibility/")), order=20)
        foot_links.register("site.terms", FootLink(_("Terms"), _("/en/terms/")), order=30)

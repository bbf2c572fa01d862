"""The site as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Wagtail pages, menus and search; composes what the slices offer."""

    name = "unionhall.site"
    label = "unionhall_site"

    def ready(self) -> None:
        """Join the system checks, and put our lasting pages into the foot of every page."""
        from unionhall.foundation.hooks import ExportSection, FootLink, export_sections, foot_links
        from unionhall.foundation.trail import trail_verbs
        from unionhall.site import checks, phrases  # noqa: F401 - checks register themselves
        from unionhall.site.queries import page_files

        trail_verbs.register("site.verbs", phrases.TRAIL)
        left_out = {"TextPage.body": "it stands in pages/, as HTML and JSON"}
        export_sections.register("site.pages", ExportSection("unionhall_site", left_out, page_files), order=30)

        foot_links.register("site.privacy", FootLink(_("Privacy"), _("/en/privacy/")), order=10)
        foot_links.register("site.accessibility", FootLink(_("Accessibility"), _("/en/accessibility/")), order=20)
        foot_links.register("site.terms", FootLink(_("Terms"), _("/en/terms/")), order=30)

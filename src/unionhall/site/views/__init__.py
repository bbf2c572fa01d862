"""The doors of the site: what Wagtail's pages are composed of, feeds, sitemap, files."""

"""Moving another site's posts and pages in."""

"""Who may edit pages in Wagtail's admin: the groups of the roles that enter it."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from unionhall.foundation.access import Role
from unionhall.site.models import LocalPage

EDITORS: Final = (Role.COMMUNICATIONS,)
ON_PAGES: Final = ("add_page", "change_page", "publish_page", "unlock_page", "lock_page")
# Wagtail asks for the permissions of its own kind of image, whatever kind of ours stands in its place.
ON_FILES: Final = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
ON_RELEASES: Final = ("add_release", "change_release", "view_release")
ON_REDIRECTS: Final = ("add_redirect", "change_redirect", "delete_redirect", "view_redirect")


@transaction.atomic
def let_edit(*, group: Group | None = None) -> int:
    """The editors' groups may write and publish pages, add photos and files, and keep releases; give how many groups.

    group: only that one; left out, all. Safe to repeat. A group that is no editors' role gets nothing.
    """
    names = [role.value for role in EDITORS]
    groups = [group] if group is not None else list(Group.objects.filter(name__in=names))
    wanted = [one for one in groups if one.name in names]
    for one in wanted:
        for ground in LocalPage.objects.all():
            for permission in Permission.objects.filter(codename__in=ON_PAGES, content_type__app_label="wagtailcore"):
                GroupPagePermission.objects.get_or_create(group=one, page=ground, permission=permission)
        root = Collection.get_first_root_node()
        for permission in Permission.objects.filter(codename__in=ON_FILES):
            if root is not None:
                GroupCollectionPermission.objects.get_or_create(group=one, collection=root, permission=permission)
        one.permissions.add(*Permission.objects.filter(codename__in=(*ON_RELEASES, *ON_REDIRECTS)))
    return len(wanted)

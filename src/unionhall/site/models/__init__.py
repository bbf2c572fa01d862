"""Pages that editors write, and what they are made of. Fields only: what a template shows beside them is composed."""

from unionhall.site.models.archive import Archive, KeptPage, KeptPart
from unionhall.site.models.ground import CampaignContent, CampaignPage, LocalPage, TextPage
from unionhall.site.models.library import ResourcePage, ResourcesPage
from unionhall.site.models.moved import MovedItem
from unionhall.site.models.people import Photo, PhotoRendition, Release
from unionhall.site.models.posts import PostPage, PostTag, StreamPage
from unionhall.site.models.sections import AreaPage, ExplainerPage, FightPage, PlainPage
from unionhall.site.models.stories import StoriesPage, StoryPage

__all__ = [
    "Archive",
    "AreaPage",
    "CampaignContent",
    "CampaignPage",
    "ExplainerPage",
    "FightPage",
    "KeptPage",
    "KeptPart",
    "LocalPage",
    "MovedItem",
    "Photo",
    "PhotoRendition",
    "PlainPage",
    "PostPage",
    "PostTag",
    "Release",
    "ResourcePage",
    "ResourcesPage",
    "StoriesPage",
    "StoryPage",
    "StreamPage",
    "TextPage",
]

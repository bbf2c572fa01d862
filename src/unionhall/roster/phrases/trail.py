"""What the trail tells of the roster's acts, verb by verb."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.enums import Loud, TrailGroup
from unionhall.foundation.trail import Told

G, L = TrailGroup, Loud
# Each verb of ours in the trail, as a sentence.
TRAIL: Final[dict[str, Told]] = {
    "roster.person_added": Told(_("%(who)s put %(what)s onto the roster."), G.PEOPLE),
    "roster.person_edited": Told(_("%(who)s edited the record of %(what)s by hand."), G.PEOPLE, L.OVERRIDE),
    "roster.person_linked": Told(_("%(who)s tied %(what)s to an account."), G.PEOPLE),
    "roster.person_shrunk": Told(_("%(who)s cut %(what)s down to the minimal record."), G.PEOPLE),
    "roster.people_merged": Told(_("%(who)s merged another record into %(what)s."), G.PEOPLE),
    "roster.people_parted": Told(_("%(who)s parted two records: %(what)s."), G.PEOPLE),
    "roster.people_apart": Told(_("%(who)s said that two records are two people: %(what)s."), G.PEOPLE),
    "roster.people_apart_unsaid": Told(_("%(who)s let two records be proposed again: %(what)s."), G.PEOPLE),
    "roster.became_management": Told(
        _("%(who)s learned that %(what)s is management now, and shut the doors."), G.PEOPLE, L.OVERRIDE
    ),
    "roster.contact_added": Told(_("%(who)s added a contact."), G.PEOPLE),
    "roster.contact_retired": Told(_("%(who)s took a contact off."), G.PEOPLE),
    "roster.contact_verified": Told(_("%(who)s showed that a contact is the own."), G.PEOPLE),
    "roster.consent_given": Told(_("%(who)s recorded an agreement to be written to."), G.PEOPLE),
    "roster.consent_withdrawn": Told(_("%(who)s recorded that an agreement was taken back."), G.PEOPLE),
    "roster.look_alikes_found": Told(_("%(who)s looked for people who stand twice."), G.LISTS),
    "roster.doubt_settled": Told(_("%(who)s said who a line of a list is."), G.LISTS),
    "roster.doubt_reopened": Told(_("%(who)s took back who a line of a list is."), G.LISTS, L.OVERRIDE),
    "roster.doubts_forgotten": Told(_("%(who)s forgot the doubtful lines of old lists."), G.HOUSE),
    "roster.site_doubt_settled": Told(_("%(who)s said which place a line of a list is."), G.LISTS),
    "roster.file_received": Told(_("%(who)s brought a list in and looked: %(what)s."), G.LISTS),
    "roster.file_discarded": Told(_("%(who)s threw a list away unread: %(what)s."), G.LISTS),
    "roster.files_forgotten": Told(_("%(who)s forgot the files of old lists."), G.HOUSE),
    "roster.import_begun": Told(_("%(who)s began to apply a list: %(what)s."), G.LISTS),
    "roster.import_applied": Told(_("%(who)s applied a list: %(what)s."), G.LISTS),
    "roster.import_undone": Told(_("%(who)s took a list back: %(what)s."), G.LISTS, L.OVERRIDE),
    "roster.hold_placed": Told(_("%(who)s placed a legal hold: %(what)s."), G.HOUSE, L.OVERRIDE),
    "roster.hold_lifted": Told(_("%(who)s lifted a legal hold of another person: %(what)s."), G.HOUSE, L.TWO),
    "roster.export_asked": Told(_("%(who)s asked for a file: %(what)s."), G.EXPORTS, L.EXPORT),
    "roster.export_agreed": Told(_("%(who)s agreed to a file as the second person: %(what)s."), G.EXPORTS, L.TWO),
    "roster.export_refused": Told(_("%(who)s refused a file: %(what)s."), G.EXPORTS, L.TWO),
    "roster.export_begun": Told(_("%(who)s began a file at the command line: %(what)s."), G.EXPORTS, L.EXPORT),
    "roster.export_made": Told(_("%(who)s had a file made: %(what)s."), G.EXPORTS, L.EXPORT),
    "roster.export_taken": Told(_("%(who)s took a file out of the house: %(what)s."), G.EXPORTS, L.EXPORT),
    "roster.breach_asked": Told(_("%(who)s drew up a list of who was exposed."), G.EXPORTS, L.EXPORT),
    "roster.trail_taken": Told(_("%(who)s took a part of this trail along as evidence."), G.EXPORTS, L.EXPORT),
    "roster.roll_frozen": Told(_("%(who)s froze a list: %(what)s."), G.VOTES),
    "roster.access_reviewed": Told(_("%(who)s looked through who has access after a list: %(what)s."), G.DOORS),
    "roster.access_decided": Told(_("%(who)s decided about a role: %(what)s."), G.DOORS),
    "roster.access_agreed": Told(_("%(who)s agreed to a decision about a role: %(what)s."), G.DOORS, L.TWO),
    "roster.access_restored": Told(_("%(who)s gave a role back, by the word of two: %(what)s."), G.DOORS, L.OVERRIDE),
    "roster.person_file_read": Told(_("%(who)s read all that is held about %(what)s, in one file."), G.PEOPLE, L.FILE),
    "roster.messages_stopped": Told(_("%(who)s stopped messages to %(what)s."), G.PEOPLE),
    "roster.messages_resumed": Told(_("%(who)s let messages to %(what)s go again."), G.PEOPLE),
    "roster.worksite_edited": Told(_("%(who)s edited a place: %(what)s."), G.PLACES),
    "roster.worksite_closed": Told(_("%(who)s closed a place: %(what)s."), G.PLACES),
    "roster.worksite_reopened": Told(_("%(who)s opened a place again: %(what)s."), G.PLACES),
    "roster.worksite_units_put": Told(_("%(who)s said which units are at a place: %(what)s."), G.PLACES),
    "roster.worksites_merged": Told(_("%(who)s merged two places: %(what)s."), G.PLACES),
    "roster.worksites_parted": Told(_("%(who)s parted two places: %(what)s."), G.PLACES),
    "roster.shift_put": Told(_("%(who)s wrote a shift down: %(what)s."), G.PLACES),
    "roster.shift_dropped": Told(_("%(who)s dropped a shift: %(what)s."), G.PLACES),
    "roster.bell_put": Told(_("%(who)s wrote a bell down: %(what)s."), G.PLACES),
    "roster.bell_dropped": Told(_("%(who)s dropped a bell: %(what)s."), G.PLACES),
    "roster.employer_put": Told(_("%(who)s wrote an employer down: %(what)s."), G.PLACES),
    "roster.unit_put": Told(_("%(who)s wrote a unit down: %(what)s."), G.PLACES),
    "roster.classification_put": Told(_("%(who)s wrote a job title down: %(what)s."), G.PLACES),
    "roster.area_put": Told(_("%(who)s wrote an area down: %(what)s."), G.PLACES),
    "roster.area_set": Told(_("%(who)s moved a place to another area: %(what)s."), G.PLACES),
    "roster.areas_assigned": Told(_("%(who)s gave places their areas."), G.PLACES),
    "roster.districts_assigned": Told(_("%(who)s found the districts of places."), G.PLACES),
    "roster.chapter_put": Told(_("%(who)s wrote a chapter down: %(what)s."), G.PLACES),
    "roster.chapter_worksites_put": Told(_("%(who)s said which places a chapter holds: %(what)s."), G.PLACES),
    "roster.chapter_joined": Told(_("%(who)s put somebody into a chapter: %(what)s."), G.PLACES),
    "roster.chapter_left": Told(_("%(who)s took somebody out of a chapter: %(what)s."), G.PLACES),
    "roster.office_given": Told(_("%(who)s wrote an office of the union down: %(what)s."), G.PLACES),
    "roster.office_ended": Told(_("%(who)s ended an office of the union: %(what)s."), G.PLACES),
}

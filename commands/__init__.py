"""WHAT one can ask: flat files, which the app finds by walking this package; a command is made where its name says.

decision, agreement    about (what one says of both), records (what they have in common), settling, voting, consenting,
                       reviewing, recall, searching, proposals
commitment             commitment_owner, commitment_recording, commitment_verbs, commitment_buttons, commitment_cards,
                       commitment_lists, commitment_steps (when something is owed), commitment_reminders (how it is
                       said), promising (what becomes of it)
meeting                planning, meeting_agenda, meeting_inviting, meeting_series, meeting_holders, meeting_cards
    while it is held   meeting_live, attending, hearing, meeting_closing, telling
    its notes          meeting_notes, meeting_items, meeting_next, meeting_owners, meeting_records, second_reading,
                       meeting_file
    its minutes        minutes, minutes_facts, minutes_paper, minutes_sending, minutes_correcting, minutes_finding
offer                  offer_cards, offer_showing, offer_record, offer_history, offer_asking, offer_campaign,
                       offer_import, offer_labels, offer_guide, offer_needs
who                    questions to the directory
digest                 gathering (what a week holds), digest_preview (before it leaves)
filrouge               network_settings, body_setup, coordinating, oneself, privacy, introduction, importing,
                       import_preview, calendar, logo
shared                 people (who is meant, who may act), newcomer (who is not known yet), which_body,
                       days
"""

"""Every table, so that migrations and tests see them all."""

from storage.agreements import Agreement, AgreementPartner
from storage.base import Base
from storage.bodies import Body, BodyMember
from storage.channels import Channel, ChannelMember
from storage.chat import Post, StoredFile
from storage.commitments import Commitment, Owner, Postponement
from storage.consents import Answer
from storage.decisions import Decision
from storage.digests import Digest
from storage.directory_imports import DirectoryImport
from storage.feeds import Feed
from storage.freshness import Campaign, CampaignOffer, OfferError
from storage.imports import PendingImport
from storage.inbox import Received
from storage.installations import Installation
from storage.journal import JournalLine
from storage.logos import Logo
from storage.meetings import AgendaPoint, Attendance, Meeting, MinutesItem
from storage.members import Absence, Member
from storage.minutes import ApprovedMinutes, Correction
from storage.needs import Need, NeedCell
from storage.networks import Counter, Network
from storage.notes import NotesFile
from storage.notices import Delivery, Notice
from storage.offer_mappings import OfferMapping
from storage.offers import Offer, OfferStamp, OfferVector
from storage.pages import PageLink, Site
from storage.partners import Partner
from storage.second_readings import SecondReading
from storage.servers import Server, SlashToken

__all__ = [
    "Absence",
    "AgendaPoint",
    "Agreement",
    "AgreementPartner",
    "Answer",
    "ApprovedMinutes",
    "Attendance",
    "Base",
    "Body",
    "BodyMember",
    "Campaign",
    "CampaignOffer",
    "Channel",
    "ChannelMember",
    "Commitment",
    "Correction",
    "Counter",
    "Decision",
    "Delivery",
    "Digest",
    "DirectoryImport",
    "Feed",
    "Installation",
    "JournalLine",
    "Logo",
    "Meeting",
    "Member",
    "MinutesItem",
    "Need",
    "NeedCell",
    "Network",
    "NotesFile",
    "Notice",
    "Offer",
    "OfferError",
    "OfferMapping",
    "OfferStamp",
    "OfferVector",
    "Owner",
    "PageLink",
    "Partner",
    "PendingImport",
    "Post",
    "Postponement",
    "Received",
    "SecondReading",
    "Server",
    "Site",
    "SlashToken",
    "StoredFile",
]

"""The tables, one file per subject. Importing this package registers them all on `SQLModel.metadata`."""

from storage.tables.absences import Absence
from storage.tables.attachments import Attachment, AttachmentContent
from storage.tables.attainments import Attainment, TargetAsk
from storage.tables.imports import PlanImport
from storage.tables.measures import ConditionMet, CostLine, Goal, Measure, MeasureUnit, Occurrence, ResultTarget
from storage.tables.office import CallOff, Nag, QuestionBack, ReplyOrigin, ReportTextEdit
from storage.tables.people import Invitation, Membership, Person, Unit
from storage.tables.plans import Meeting, Plan, ReportingDate
from storage.tables.proposals import Proposal
from storage.tables.records import AuditEntry, Report, ReportDocument, State, WordTemplate
from storage.tables.reply_messages import ReplyMessage
from storage.tables.reporting import ReportingDay, ReportingStep
from storage.tables.rounds import Escalation, Reminder, ReportText, Round, RoundStep, StatusReply, StatusRequest
from storage.tables.traffic import Dialogue, InboxRow, OutboxRow
from storage.tables.written_texts import WrittenText

__all__ = [
    "Absence",
    "Attachment",
    "AttachmentContent",
    "Attainment",
    "AuditEntry",
    "CallOff",
    "ConditionMet",
    "CostLine",
    "Dialogue",
    "Escalation",
    "Goal",
    "InboxRow",
    "Invitation",
    "Measure",
    "MeasureUnit",
    "Meeting",
    "Membership",
    "Nag",
    "Occurrence",
    "OutboxRow",
    "Person",
    "Plan",
    "PlanImport",
    "Proposal",
    "QuestionBack",
    "Reminder",
    "ReplyMessage",
    "ReplyOrigin",
    "Report",
    "ReportDocument",
    "ReportText",
    "ReportTextEdit",
    "ReportingDate",
    "ReportingDay",
    "ReportingStep",
    "ResultTarget",
    "Round",
    "RoundStep",
    "State",
    "StatusReply",
    "StatusRequest",
    "TargetAsk",
    "Unit",
    "WordTemplate",
    "WrittenText",
]
